// SPDX-License-Identifier: Apache-2.0
/**
 * Reads rows of CSV and JSON files, compressed or not, and accounts for every line. Start at {@link
 * dev.segue.replay.file.RowSource} and {@link dev.segue.replay.file.ReadReport}.
 */
@NullMarked
package dev.segue.replay.file;

import org.jspecify.annotations.NullMarked;
