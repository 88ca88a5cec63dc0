// SPDX-License-Identifier: Apache-2.0
/**
 * The demo's live view of segment changes on the terminal. Start at {@link dev.segue.demo.view.LiveView}.
 */
@NullMarked
package dev.segue.demo.view;

import org.jspecify.annotations.NullMarked;
