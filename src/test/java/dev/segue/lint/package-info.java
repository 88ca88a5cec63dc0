// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.segue.lint;

import org.jspecify.annotations.NullMarked;
