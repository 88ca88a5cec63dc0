// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import org.jspecify.annotations.Nullable;

/**
 * A change as its reader got it.
 *
 * @param eventId of the event that caused it, where the contender tells; only Segue does
 * @param micros when it came, in microseconds since the epoch
 */
record Arrival(ChangeText change, @Nullable String eventId, long micros) {}
