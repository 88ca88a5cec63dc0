// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector.message;

import dev.segue.config.RefusedIds;
import dev.segue.event.BadRecord.Reason;
import dev.segue.replay.file.JsonObject;
import dev.segue.replay.mapping.TrackerIds;
import org.jspecify.annotations.Nullable;

/** Reads the ids of a message. */
final class MessageIds {
    private MessageIds() {}

    /** @throws BadMessage if an id is neither a text nor a number */
    static TrackerIds of(JsonObject message, RefusedIds refused, String path) throws BadMessage {
        return new TrackerIds(
                id(message, TrackerIds.USER, refused, path),
                id(message, TrackerIds.ANONYMOUS, refused, path),
                id(message, TrackerIds.PREVIOUS, refused, path));
    }

    private static @Nullable String id(JsonObject message, String name, RefusedIds refused, String path)
            throws BadMessage {
        Object value = message.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String || value instanceof Number)) {
            throw new BadMessage(
                    Reason.MISSING_CUSTOMER,
                    name + " must be a text, not an object, a list or a flag",
                    path + "." + name);
        }
        return TrackerIds.real(value.toString(), refused);
    }
}
