// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import org.jspecify.annotations.Nullable;

/**
 * A change as its reader received it.
 *
 * @param eventId of the event that caused it, if the contender reports it; only Segue does
 * @param micros time of arrival, in microseconds since the epoch
 */
record Arrival(ChangeText change, @Nullable String eventId, long micros) {}
