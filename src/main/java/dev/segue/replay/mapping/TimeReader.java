// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.cel.common.types.SimpleType;
import dev.segue.config.InstantText;
import dev.segue.config.ZoneText;
import dev.segue.event.Nearest;
import dev.segue.yaml.YamlFile;
import dev.segue.yaml.YamlMap;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the {@code time} of a mapping or of one rule. */
final class TimeReader {
    private static final Set<String> PARTS = Set.of("value", "as", "zone", "earliest");

    private final YamlFile yaml;
    private final RowExpressions expressions;

    TimeReader(YamlFile yaml, RowExpressions expressions) {
        this.yaml = yaml;
        this.expressions = expressions;
    }

    /** @param owner the mapping or rule whose time it is */
    RowTime read(YamlMap owner) {
        Optional<YamlMap> parts = parts(owner);
        parts.ifPresent(all -> all.rejectUnknown(PARTS));
        Optional<ScalarNode> value = parts.isPresent() ? parts.get().requiredScalar("value") : owner.scalar("time");
        RowExpression expression =
                value.map(node -> expressions.of(node, SimpleType.DYN)).orElse(row -> null);
        return new RowTime(expression, format(parts));
    }

    private static Optional<YamlMap> parts(YamlMap owner) {
        return owner.value("time") instanceof MappingNode ? owner.nested("time") : Optional.empty();
    }

    /** The earliest time of events, if the mapping sets one. */
    @Nullable
    Instant earliest(YamlMap mapping) {
        return parts(mapping)
                .flatMap(all -> all.scalar("earliest"))
                .flatMap(this::instant)
                .orElse(null);
    }

    private Optional<Instant> instant(ScalarNode node) {
        try {
            return Optional.of(InstantText.read(node.getValue()));
        } catch (IllegalArgumentException unreadable) {
            yaml.problem(node, "earliest: " + unreadable.getMessage());
            return Optional.empty();
        }
    }

    private TimeFormat format(Optional<YamlMap> parts) {
        ZoneId zone = parts.flatMap(all -> all.scalar("zone")).map(this::zone).orElse(ZoneOffset.UTC);
        Optional<ScalarNode> as = parts.flatMap(all -> all.scalar("as"));
        if (as.isPresent()) {
            try {
                return TimeFormat.of(as.get().getValue(), zone);
            } catch (IllegalArgumentException malformed) {
                yaml.problem(as.get(), String.valueOf(malformed.getMessage()));
            }
        }
        return TimeFormat.of("iso", zone);
    }

    private ZoneId zone(ScalarNode node) {
        ZoneId zone = ZoneText.find(node.getValue());
        if (zone == null) {
            yaml.problem(node, "unknown time zone '" + node.getValue() + "'." + hint(node.getValue()));
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
