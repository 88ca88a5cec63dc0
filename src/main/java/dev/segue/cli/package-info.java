// SPDX-License-Identifier: Apache-2.0
/**
 * Commands. Each turns its arguments into calls of the packages below and their failures into one sentence and an exit
 * code: 2 for the user's mistakes, 1 for failures. Start at {@link dev.segue.cli.Main}; a mistake of the user is a
 * {@link dev.segue.cli.text.UserError}.
 */
@NullMarked
package dev.segue.cli;

import org.jspecify.annotations.NullMarked;
