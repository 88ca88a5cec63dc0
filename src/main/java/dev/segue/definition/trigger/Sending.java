// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.trigger;

import dev.segue.definition.language.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a channel says for all its triggers, and a trigger for itself.
 *
 * @param consent whether the customer may be written to; null for a trigger that says no more than its channel
 * @param quiet null if there are none
 * @param caps all of which must allow it
 */
public record Sending(
        @Nullable Expression consent, @Nullable QuietHours quiet, List<Cap> caps) {
    public Sending {
        caps = List.copyOf(caps);
    }
}
