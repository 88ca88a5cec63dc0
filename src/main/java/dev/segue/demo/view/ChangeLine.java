// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.view;

import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.Evidence;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Formats a change as one line: instant, kind, customer, segment, and cause. */
public final class ChangeLine {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String PLAIN = "\u001b[0m";
    private static final String CUT = "…";
    private static final int CUSTOMER_WIDTH = 9;
    private static final int LEAST_EXPRESSION = 12;

    private final int width;
    private final int segmentWidth;
    private final boolean colour;

    /**
     * @param width columns available for a line, at least 60
     * @param segmentWidth length of the longest segment name
     */
    public ChangeLine(int width, int segmentWidth, boolean colour) {
        this.width = width;
        this.segmentWidth = segmentWidth;
        this.colour = colour;
    }

    String write(Change change) {
        String kind = pad(change.kind().name(), 7);
        String before = TIME.format(change.effectiveAt()) + " ";
        String after = " " + pad(change.customerId(), CUSTOMER_WIDTH) + " " + pad(change.segment(), segmentWidth) + " ";
        String why = why(change, width - before.length() - kind.length() - after.length());
        return (before + paint(change.kind(), kind) + after + why).stripTrailing();
    }

    String heading() {
        return "time (UTC)   change  " + pad("customer", CUSTOMER_WIDTH) + " " + pad("segment", segmentWidth)
                + " cause (an event, time, or other customers)";
    }

    private String paint(Change.Kind kind, String text) {
        if (!colour) {
            return text;
        }
        return (kind == Change.Kind.ENTERED ? GREEN : YELLOW) + text + PLAIN;
    }

    private static String why(Change change, int room) {
        String cause = cause(change.cause());
        List<Evidence> evidence = deciding(change);
        int[] rooms = share(evidence, room - cause.length() - Math.max(0, evidence.size() - 1));
        String parts = IntStream.range(0, evidence.size())
                .mapToObj(place -> part(evidence.get(place), rooms[place]))
                .collect(Collectors.joining(" "));
        return cut(cause + parts, room);
    }

    /** If other customers have moved this one, its own values have not decided. */
    private static List<Evidence> deciding(Change change) {
        List<Evidence> percentiles = change.cause().kind() == Cause.Kind.POPULATION
                ? change.evidence().stream()
                        .filter(each -> percentile(each.value()) != null)
                        .toList()
                : List.of();
        return percentiles.isEmpty() ? change.evidence() : percentiles;
    }

    private static @Nullable Object percentile(Object value) {
        return value instanceof Map<?, ?> map ? map.get("percentile") : null;
    }

    /** Divides the room: short parts get all they need, and long ones share the rest. */
    private static int[] share(List<Evidence> evidence, int room) {
        int[] needs = evidence.stream()
                .mapToInt(each -> part(each, Integer.MAX_VALUE).length())
                .toArray();
        int[] shortestFirst = IntStream.range(0, needs.length)
                .boxed()
                .sorted(Comparator.comparingInt(place -> needs[place]))
                .mapToInt(Integer::intValue)
                .toArray();
        int left = room;
        for (int count = 0; count < needs.length; count++) {
            int place = shortestFirst[count];
            needs[place] = Math.min(needs[place], left / (needs.length - count));
            left -= needs[place];
        }
        return needs;
    }

    /** Most expressions are counts, so the view omits {@code .count()}, and quotes. */
    private static String part(Evidence evidence, int room) {
        Object percentile = percentile(evidence.value());
        String value = (evidence.atLeast() ? ">=" : "=") + (percentile == null ? evidence.value() : percentile);
        String expression = evidence.expression().replace("'", "").replace(".count()", "");
        return cutMiddle(expression, Math.max(LEAST_EXPRESSION, room - value.length())) + value;
    }

    /** Beginning and end distinguish expressions better than the beginning alone. */
    private static String cutMiddle(String text, int room) {
        if (text.length() <= room) {
            return text;
        }
        int end = (room - 1) * 2 / 3;
        return text.substring(0, room - 1 - end) + CUT + text.substring(text.length() - end);
    }

    private static String cause(Cause cause) {
        return switch (cause.kind()) {
            case EVENT -> cause.eventType() + ": ";
            case DEADLINE -> "";
            default -> cause.kind().name().toLowerCase(Locale.ROOT) + ": ";
        };
    }

    private static String cut(String text, int room) {
        return text.length() <= room ? text : text.substring(0, Math.max(0, room - 1)) + CUT;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
