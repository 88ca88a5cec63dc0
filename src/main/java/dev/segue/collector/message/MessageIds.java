// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector.message;

import dev.segue.config.RefusedIds;
import dev.segue.event.BadRecord.Reason;
import dev.segue.replay.file.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a message. Placeholders, such as {@code undefined}, count as missing.
 *
 * @param user the known customer; null if nobody is logged in
 * @param anonymous of the browser or device; null if the message has none
 * @param previous the id that an {@code alias} replaces; null for other messages
 */
record MessageIds(
        @Nullable String user,
        @Nullable String anonymous,
        @Nullable String previous) {

    /** @throws BadMessage if an id is neither a text nor a number */
    static MessageIds of(JsonObject message, RefusedIds refused, String path) throws BadMessage {
        return new MessageIds(
                id(message, "userId", refused, path),
                id(message, "anonymousId", refused, path),
                id(message, "previousId", refused, path));
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
        String id = value.toString().strip();
        return id.isEmpty() || refused.refuses(id) ? null : id;
    }

    /** The id under which the message's events are kept; null if there is none. */
    @Nullable
    String customer() {
        return user == null ? anonymous : user;
    }
}
