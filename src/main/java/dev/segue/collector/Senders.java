// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import dev.segue.config.WriteKey;
import dev.segue.runtime.RateLimit;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The senders by their write keys. */
final class Senders {
    private static final String BASIC = "basic ";
    private static final int BURST_SECONDS = 10;

    private final Map<String, Sender> byKey = new HashMap<>();

    /** @param now nanosecond clock of the rate limits */
    Senders(Collection<WriteKey> keys, long now) {
        keys.forEach(key -> byKey.put(
                key.key(),
                new Sender(
                        key,
                        new RateLimit(key.eventsPerSecond(), (double) key.eventsPerSecond() * BURST_SECONDS, now))));
    }

    /**
     * The sender of a request. The header decides, then the query, then the body.
     *
     * @param authorization basic authentication with the key as user
     * @throws RefusedRequest if there is no key, or it is unknown
     */
    Sender of(@Nullable String authorization, @Nullable String query, @Nullable String body) throws RefusedRequest {
        String basic = user(authorization);
        Sender sender = find(basic != null ? basic : query != null ? query : body);
        if (sender == null) {
            throw RefusedRequest.unknownKey();
        }
        return sender;
    }

    /**
     * The sender that a request names before its body is read; null if only the body can name it.
     *
     * @throws RefusedRequest if the key is unknown
     */
    @Nullable
    Sender before(@Nullable String authorization, @Nullable String query) throws RefusedRequest {
        return query == null && user(authorization) == null ? null : of(authorization, query, null);
    }

    /** The sender with this key; null if there is none. */
    @Nullable
    Sender find(@Nullable String key) {
        return key == null ? null : byKey.get(key);
    }

    /** True if pages of this origin may use any of the keys. */
    boolean anyAllows(String webOrigin) {
        return byKey.values().stream().anyMatch(sender -> allows(sender, webOrigin));
    }

    static boolean allows(Sender sender, String webOrigin) {
        return sender.key().webOrigins().isEmpty() || sender.key().webOrigins().contains(webOrigin);
    }

    private static @Nullable String user(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return null;
        }
        try {
            byte[] bytes = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            String pair = new String(bytes, StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? pair : pair.substring(0, colon);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
