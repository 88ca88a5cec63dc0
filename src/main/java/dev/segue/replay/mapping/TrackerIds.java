// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.config.RefusedIds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a tracker's message. Placeholders, such as {@code undefined}, count as missing.
 *
 * @param user the known customer; null if nobody is logged in
 * @param anonymous of the browser or device; null if the message has none
 * @param previous the id that an {@code alias} replaces; null for other messages
 */
public record TrackerIds(
        @Nullable String user,
        @Nullable String anonymous,
        @Nullable String previous) {
    public static final String USER = "userId";
    public static final String ANONYMOUS = "anonymousId";
    public static final String PREVIOUS = "previousId";

    /** The members of a message that are ids. */
    static final List<String> MEMBERS = List.of(USER, ANONYMOUS, PREVIOUS);

    /** The id without blanks around it; null if it is empty or nobody's. */
    public static @Nullable String real(String id, RefusedIds refused) {
        String text = id.strip();
        return text.isEmpty() || refused.refuses(text) ? null : text;
    }

    /** The id under which the message's events are kept; null if there is none. */
    public @Nullable String customer() {
        return user == null ? anonymous : user;
    }
}
