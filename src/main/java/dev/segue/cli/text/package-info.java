// SPDX-License-Identifier: Apache-2.0
/** Tables and sentences that commands print. */
@NullMarked
package dev.segue.cli.text;

import org.jspecify.annotations.NullMarked;
