// SPDX-License-Identifier: Apache-2.0
/**
 * Values as the language sees them: exact sums ({@link dev.segue.value.Millionths}), comparison and conversion ({@link
 * dev.segue.value.Values}), and several values put together ({@link dev.segue.value.Bucket}).
 */
@NullMarked
package dev.segue.value;

import org.jspecify.annotations.NullMarked;
