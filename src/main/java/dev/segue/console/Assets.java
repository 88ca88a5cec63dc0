// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Style sheets, scripts and pictures. A hash of the content is part of their addresses, so browsers may keep them for ever. */
final class Assets {
    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final int HASH = 16;

    /** Where each is on the class path; versions are parts of the paths. */
    private static final Map<String, String> SOURCES = sources();

    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, WebReply> byAddress = new HashMap<>();

    Assets() {
        SOURCES.forEach((name, source) -> {
            String content = read(source);
            String hash = Hashing.sha256()
                    .hashString(content, StandardCharsets.UTF_8)
                    .toString()
                    .substring(0, HASH);
            String address = "/assets/" + hash + "/" + name;
            addresses.put(name, address);
            byAddress.put(
                    address,
                    new WebReply(
                            200, type(name), content, Map.of("Cache-Control", "public, max-age=31536000, immutable")));
        });
    }

    private static Map<String, String> sources() {
        Map<String, String> sources = new LinkedHashMap<>();
        sources.put("console.css", "console.css");
        sources.put("console.js", "console.js");
        sources.put("icon.svg", "icon.svg");
        sources.put("htmx.js", WEBJARS + "htmx.org/2.0.4/dist/htmx.min.js");
        sources.put("sse.js", WEBJARS + "htmx-ext-sse/2.2.2/sse.js");
        sources.put("uplot.js", WEBJARS + "uplot/1.6.30/dist/uPlot.iife.min.js");
        sources.put("uplot.css", WEBJARS + "uplot/1.6.30/dist/uPlot.min.css");
        return sources;
    }

    private static String read(String source) {
        try (InputStream stream = Assets.class.getResourceAsStream(source)) {
            return new String(Objects.requireNonNull(stream, source).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String type(String name) {
        return name.endsWith(".css") ? STYLE : name.endsWith(".svg") ? "image/svg+xml" : SCRIPT;
    }

    /** Returns the address of a file, such as {@code console.css}. */
    String address(String name) {
        return Objects.requireNonNull(addresses.get(name), name);
    }

    Optional<WebReply> at(String address) {
        return Optional.ofNullable(byAddress.get(address));
    }
}
