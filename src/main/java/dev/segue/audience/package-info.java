// SPDX-License-Identifier: Apache-2.0
/**
 * Counts customers and the members of each segment, and finds suspiciously wide or narrow segments. Start at {@link
 * dev.segue.audience.Audience}.
 */
@NullMarked
package dev.segue.audience;

import org.jspecify.annotations.NullMarked;
