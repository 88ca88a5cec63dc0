// SPDX-License-Identifier: Apache-2.0
/**
 * Values of the language: exact sums ({@link dev.segue.value.Millionths}), comparison and conversion ({@link
 * dev.segue.value.Values}), and several values merged into one ({@link dev.segue.value.Bucket}).
 */
@NullMarked
package dev.segue.value;

import org.jspecify.annotations.NullMarked;
