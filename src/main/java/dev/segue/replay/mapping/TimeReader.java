// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.cel.common.types.SimpleType;
import dev.segue.config.InstantText;
import dev.segue.config.ZoneText;
import dev.segue.event.Nearest;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the {@code time} of a mapping or of one rule. */
final class TimeReader {
    private final MappingYaml yaml;
    private final RowExpressions expressions;

    TimeReader(MappingYaml yaml, RowExpressions expressions) {
        this.yaml = yaml;
        this.expressions = expressions;
    }

    RowTime read(Node time) {
        Map<String, Node> parts = time instanceof MappingNode
                ? yaml.entries(time, Set.of("value", "as", "zone", "earliest"))
                : Map.of("value", time);
        Node instant = parts.get("value");
        if (instant == null) {
            yaml.problem(time, "time needs a 'value'");
        }
        RowExpression expression = instant == null ? row -> null : expressions.of(instant, SimpleType.DYN);
        return new RowTime(expression, format(time, parts));
    }

    /** The earliest time of events, if the mapping sets one. */
    @Nullable
    Instant earliest(@Nullable Node time) {
        Node node = time instanceof MappingNode
                ? yaml.entries(time, Set.of("value", "as", "zone", "earliest")).get("earliest")
                : null;
        String text = node == null ? null : yaml.text(node);
        if (node == null || text == null) {
            return null;
        }
        try {
            return InstantText.read(text);
        } catch (IllegalArgumentException unreadable) {
            yaml.problem(node, "earliest: " + unreadable.getMessage());
            return null;
        }
    }

    private TimeFormat format(Node time, Map<String, Node> parts) {
        Node as = parts.get("as");
        String text = as == null ? "iso" : yaml.text(as);
        String name = text == null ? "iso" : text;
        ZoneId zone = zone(parts.get("zone"));
        try {
            return TimeFormat.of(name, zone);
        } catch (IllegalArgumentException malformed) {
            yaml.problem(as == null ? time : as, String.valueOf(malformed.getMessage()));
            return TimeFormat.of("iso", zone);
        }
    }

    private ZoneId zone(@Nullable Node node) {
        String name = node == null ? null : yaml.text(node);
        if (node == null || name == null) {
            return ZoneOffset.UTC;
        }
        ZoneId zone = ZoneText.find(name);
        if (zone == null) {
            yaml.problem(node, "unknown time zone '" + name + "'." + hint(name));
            return ZoneOffset.UTC;
        }
        return zone;
    }

    /** A city without its region is the usual mistake. */
    private static String hint(String name) {
        Set<String> known = ZoneId.getAvailableZoneIds();
        String place = "/" + name.strip().replace(' ', '_').toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(zone -> ("/" + zone.toLowerCase(Locale.ROOT)).endsWith(place))
                .min(String::compareTo)
                .map(zone -> " Did you mean '" + zone + "'?")
                .orElseGet(() -> Nearest.hint(name, known));
    }
}
