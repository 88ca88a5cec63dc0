// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.settings;

import dev.segue.config.InstantText;
import dev.segue.config.InvalidValues;
import dev.segue.config.SendRate;
import dev.segue.config.SourceWord;
import dev.segue.config.ZoneText;
import dev.segue.value.DurationText;
import dev.segue.yaml.YamlMap;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One level of a settings file. Reading a key marks it as known; {@link #refuseUnknown} then reports the keys that were
 * never read. Collects errors, and uses the fallback in their place.
 */
final class SettingsSection {
    /** A number with a larger exponent would fill a page. */
    private static final int MOST_PLACES = 50;

    private final String path;
    private final @Nullable YamlMap map;
    private final SettingsSource source;
    private final Set<String> known = new TreeSet<>();

    /**
     * @param path the names of this section and of those around it, such as {@code segments.width}; empty at the top
     * @param map null if the file does not have the section
     */
    SettingsSection(String path, @Nullable YamlMap map, SettingsSource source) {
        this.path = path;
        this.map = map;
        this.source = source;
        for (String key : keys()) {
            Node value = value(key);
            source.remember(path(key), value instanceof ScalarNode ? value : map.keyNode(key));
        }
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Null if the key is missing or has no value. */
    private @Nullable Node value(String key) {
        Node value = map == null ? null : map.value(key);
        return value == null || value.getTag().equals(Tag.NULL) ? null : value;
    }

    /** Returns every key, including unknown keys. */
    Set<String> keys() {
        return map == null ? Set.of() : map.keys();
    }

    String text(String key, String fallback) {
        String text = optionalText(key);
        return text == null ? fallback : text;
    }

    /** Null if the key is missing or has no value. */
    @Nullable
    String optionalText(String key) {
        known.add(key);
        return value(key) == null ? null : map.scalar(key).map(source::resolve).orElse(null);
    }

    /** A list of texts, or one text. */
    List<String> texts(String key, List<String> fallback) {
        known.add(key);
        return value(key) == null
                ? fallback
                : map.texts(key).stream().map(source::resolve).toList();
    }

    /** Returns a key with its place. */
    SourceWord keyWord(String key) {
        return source.word(map.keyNode(key));
    }

    /** Returns the value of a param with its place; empty, with a problem added, if it has none. */
    Optional<SourceWord> word(String param) {
        if (value(param) == null) {
            source.problem(map.value(param), "the param has no value. Write true, false, a number or a text.");
            return Optional.empty();
        }
        return map.scalar(param).map(source::word);
    }

    /** Returns the text with its place; null if the key is missing or has no value. */
    @Nullable
    SourceWord optionalWord(String key) {
        known.add(key);
        return value(key) == null ? null : map.scalar(key).map(source::word).orElse(null);
    }

    /** As {@link #texts}, with the place of each. */
    List<SourceWord> words(String key) {
        known.add(key);
        return value(key) == null
                ? List.of()
                : map.texts(key).stream().map(source::word).toList();
    }

    SendRate rate(String key, SendRate fallback) {
        return parse(key, fallback, SendRate::read);
    }

    double fraction(String key, double fallback) {
        return parse(key, fallback, text -> {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException notANumber) {
                throw new IllegalArgumentException("'" + text + "' is not a number such as 0.95", notANumber);
            }
        });
    }

    int number(String key, int fallback) {
        return parse(key, fallback, text -> {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException notANumber) {
                throw new IllegalArgumentException("'" + text + "' is not a whole number", notANumber);
            }
        });
    }

    Duration duration(String key, Duration fallback) {
        return parse(key, fallback, DurationText::read);
    }

    List<Duration> durations(String key, List<Duration> fallback) {
        List<Duration> durations = new ArrayList<>();
        for (SourceWord word : words(key)) {
            try {
                durations.add(DurationText.read(word.text()));
            } catch (IllegalArgumentException refusal) {
                problem(key, "holds a wrong pause: " + refusal.getMessage());
            }
        }
        return value(key) == null ? fallback : durations;
    }

    /** A date (its first instant in UTC) or an instant. */
    Instant instant(String key, Instant fallback) {
        return parse(key, fallback, InstantText::read);
    }

    /** Null if the key is missing or blank: an environment variable may be empty. */
    @Nullable
    URI address(String key) {
        return parse(key, null, text -> {
            try {
                return text.isBlank() ? null : new URI(text);
            } catch (URISyntaxException malformed) {
                // The text may contain a password.
                throw new IllegalArgumentException(
                        "this is not an address such as https://host:8443 (" + malformed.getReason() + ")", malformed);
            }
        });
    }

    Path file(String key, Path fallback) {
        return parse(key, fallback, Path::of);
    }

    /** A name of the IANA time zone database. */
    ZoneId zone(String key, ZoneId fallback) {
        return parse(key, fallback, ZoneText::read);
    }

    /** @param choices the allowed words and their meanings */
    <T> T choice(String key, Map<String, T> choices, T fallback) {
        return parse(key, fallback, text -> {
            T chosen = choices.get(text);
            if (chosen == null) {
                throw new IllegalArgumentException(YamlMap.notOneOf(text, choices.keySet()));
            }
            return chosen;
        });
    }

    SettingsSection section(String key) {
        known.add(key);
        YamlMap section = value(key) == null ? null : map.nested(key).orElse(null);
        return new SettingsSection(path(key), section, source);
    }

    /** Returns every key with its text, including unknown keys. */
    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String key : keys()) {
            String text = optionalText(key);
            if (text != null) {
                all.put(key, text);
            }
        }
        return all;
    }

    /** Returns every key with its number, including unknown keys. */
    Map<String, BigDecimal> decimals() {
        Map<String, BigDecimal> decimals = new LinkedHashMap<>();
        keys().forEach(key -> {
            BigDecimal number = parse(key, null, SettingsSection::decimal);
            if (number != null) {
                decimals.put(key, number);
            }
        });
        return decimals;
    }

    private static BigDecimal decimal(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) <= MOST_PLACES) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Falls through to the same message as an out-of-range number.
        }
        throw new IllegalArgumentException("'" + text + "' is not a number such as 0.92");
    }

    void refuseUnknown() {
        if (map != null) {
            map.rejectUnknown(known);
        }
    }

    /** Returns the supplier's result, or the fallback if a value of this section is rejected. */
    <T> T build(Supplier<T> supplier, T fallback) {
        try {
            return supplier.get();
        } catch (InvalidValues several) {
            several.problems().forEach(problem -> source.refuse(path, problem));
            return fallback;
        } catch (IllegalArgumentException refusal) {
            source.refuse(path, String.valueOf(refusal.getMessage()));
            return fallback;
        }
    }

    /** @param key may be missing; the problem is then at the section */
    void problem(String key, String message) {
        source.refuse(path, path(key) + " " + message);
    }

    /** @param message begins with the path of a setting of this section */
    void refuse(String message) {
        source.refuse(path, message);
    }

    private <T extends @Nullable Object> T parse(String key, T fallback, Parser<T> parser) {
        String text = optionalText(key);
        if (text == null) {
            return fallback;
        }
        try {
            return parser.parse(text);
        } catch (IllegalArgumentException refusal) {
            source.problem(map.value(key), "'" + path(key) + "': " + refusal.getMessage());
            return fallback;
        }
    }

    private interface Parser<T extends @Nullable Object> {
        T parse(String text);
    }
}
