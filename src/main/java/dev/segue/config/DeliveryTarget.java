// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How an endpoint is reached. The texts that may be secret are never part of {@code toString()}. */
public sealed interface DeliveryTarget {
    /** Names the place without what may be secret, such as {@code https://crm.example}. */
    String place();

    /**
     * A text that is written in the settings, or in a file that they name.
     *
     * @param word the text, or the path of the file
     */
    record Template(SourceWord word, boolean isFile) {}

    /**
     * An address that takes HTTP requests.
     *
     * @param secrets files with the secrets; the first signs, and further ones sign too, so that they can be exchanged;
     *     none: requests are not signed
     * @param headers of each request, besides those of Segue; the values may be secret
     * @param payload name of a payload that Segue has, or an expression in CEL
     * @param authorities a file with the certificates to trust, in PEM; null for those of Java
     */
    record Webhook(
            URI url,
            List<SourceWord> secrets,
            Map<String, String> headers,
            Template payload,
            @Nullable SourceWord authorities,
            boolean followRedirects)
            implements DeliveryTarget {
        private static final Set<String> OURS = Set.of(
                "webhook-id",
                "webhook-timestamp",
                "webhook-signature",
                "content-length",
                "transfer-encoding",
                "connection",
                "host");

        public Webhook {
            secrets = List.copyOf(secrets);
            headers = Map.copyOf(headers);
        }

        /**
         * Every mistake in it.
         *
         * @param path of the endpoint's section
         */
        public List<String> problems(String path, boolean allowPrivate) {
            List<String> problems = new ArrayList<>();
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            if (url.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
                problems.add(path + ".url must be an address such as https://crm.example/hooks/segue");
            } else if (scheme.equals("http") && !allowPrivate) {
                problems.add(path + ".url must begin with https://; plain HTTP needs allow_private: true");
            }
            if (url.getRawUserInfo() != null) {
                problems.add(path + ".url must not hold a password: use " + path + ".headers, with ${file:PATH}");
            }
            if (url.getRawFragment() != null) {
                problems.add(path + ".url must not have a part after '#', which is never sent");
            }
            new TreeMap<>(headers).forEach((name, value) -> {
                if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")) {
                    problems.add(path + ".headers holds a name that no header can have: '" + name + "'");
                } else if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
                    problems.add(path + ".headers." + name + " is set by Segue; remove it");
                }
                if (!value.matches("[\\x20-\\x7e\\t]{1,8000}")) {
                    problems.add(path + ".headers." + name
                            + " must be 1 to 8000 printable characters of ASCII, without line breaks");
                }
            });
            return problems;
        }

        @Override
        public String place() {
            return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
        }

        @Override
        public String toString() {
            return "Webhook[" + place() + "]";
        }
    }

    /**
     * A mail server.
     *
     * @param port 1 to 65535
     * @param username null to send without logging in
     * @param password null if and only if the user name is
     * @param from the sender's address
     * @param to the recipient's address
     * @param authorities as for a webhook
     */
    record Mail(
            String host,
            int port,
            Security security,
            @Nullable String username,
            @Nullable String password,
            String from,
            Template to,
            Template subject,
            Template body,
            @Nullable SourceWord authorities)
            implements DeliveryTarget {
        /** Where the recipient's address is by default. */
        public static final String TO = "{{has(decision.payload.to) ? decision.payload.to : decision.payload.email}}";

        /** How the connection is protected. */
        public enum Security {
            STARTTLS,
            TLS,
            NONE
        }

        /** Every mistake in it. */
        public List<String> problems(String path, boolean allowPrivate) {
            List<String> problems = new ArrayList<>();
            if (!host.matches("[A-Za-z0-9.:_-]{1,255}")) {
                problems.add(path + ".host must be an address or a host's name");
            }
            if (port < 1 || port > 65_535) {
                problems.add(path + ".port must be from 1 to 65535, not " + port);
            }
            if ((username == null) != (password == null)) {
                problems.add(path + ".username and password must both be set, or neither");
            }
            if (security == Security.NONE && !allowPrivate) {
                problems.add(path + ".security must be starttls or tls; none needs allow_private: true");
            }
            if (!from.contains("@") || from.matches(".*[\\p{Cntrl}].*")) {
                problems.add(path + ".from must be an address such as shop@example.com");
            }
            return problems;
        }

        @Override
        public String place() {
            return "smtp://" + host + ":" + port;
        }

        @Override
        public String toString() {
            return "Mail[" + place() + "]";
        }
    }
}
