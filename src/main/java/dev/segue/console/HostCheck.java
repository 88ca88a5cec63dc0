// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import dev.segue.config.ConsoleSettings;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests for names that are not the console's own. A page of another site whose name was made to point to this machine
 * could read everything otherwise. Addresses in numbers cannot be made to point elsewhere.
 */
final class HostCheck {
    private final Set<String> names = new HashSet<>(Set.of("localhost"));

    HostCheck(ConsoleSettings settings) {
        names.add(settings.host().toLowerCase(Locale.ROOT));
        URI url = settings.publicUrl();
        if (url != null) {
            names.add(url.getHost().toLowerCase(Locale.ROOT));
        }
    }

    /** @param header the header {@code Host}; null if there is none */
    boolean accepts(@Nullable String header) {
        if (header == null) {
            return false;
        }
        try {
            String host = HostAndPort.fromString(header).getHost().toLowerCase(Locale.ROOT);
            return names.contains(host) || InetAddresses.isInetAddress(host);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** Returns whether a form was sent by a page of the console itself, as far as the browser says. */
    static boolean isOwn(@Nullable String site, @Nullable String origin, @Nullable String host) {
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return false;
        }
        return origin == null
                || (host != null && (origin.equals("http://" + host) || origin.equals("https://" + host)));
    }
}
