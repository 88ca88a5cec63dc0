// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.LimitSettings;
import dev.segue.config.RefusedIds;
import dev.segue.event.Event;
import dev.segue.event.SmallShop;
import dev.segue.replay.file.ReadReport;
import dev.segue.replay.mapping.Mapping;
import dev.segue.replay.mapping.MappingReader;
import dev.segue.serde.event.Acceptance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Canonical and foreign files accept the same customers and times. */
class AcceptanceTest {
    private static final String MAPPING = """
            mapping: looks
            format: csv
            columns: [at, who]
            customer: row.who
            time: {value: row.at, as: %s}
            events: [{type: product_viewed}]
            """;

    @TempDir
    Path directory;

    private ReadReport report;

    @Test
    void refusesPlaceholderIdsInCanonicalLines() throws Exception {
        assertThat(canonical(
                        Acceptance.usual(),
                        line("undefined", "\"2026-05-01T10:00:00Z\""),
                        line("ann", "1777629600000")))
                .containsExactly("ann");
        assertThat(refusal()).startsWith("missing-customer: the customer's id is 'undefined', which is a placeholder;");
    }

    @Test
    void refusesPlaceholderIdsInForeignRows() throws Exception {
        assertThat(mapped("iso", Acceptance.usual(), "2026-05-01,NULL", "2026-05-01,ann"))
                .containsExactly("ann");
        assertThat(refusal()).startsWith("missing-customer: the customer's id is 'NULL', which is a placeholder;");
    }

    @Test
    void acceptsIdAllowedBySettings() throws Exception {
        Acceptance own = new Acceptance(new LimitSettings(
                256, Duration.ofMinutes(5), Instant.EPOCH, 16, 400_000, RefusedIds.of(List.of("nobody"))));
        assertThat(mapped("iso", own, "2026-05-01,guest", "2026-05-01,Nobody")).containsExactly("guest");
        assertThat(canonical(own, line("guest", "1777629600000"), line("nobody", "1777629600000")))
                .containsExactly("guest");
    }

    @Test
    void acceptsExactlyFrom2000() throws Exception {
        assertThat(canonical(
                        Acceptance.usual(),
                        line("ann", "\"2000-01-01T00:00:00.000Z\""),
                        line("bob", "\"1999-12-31T23:59:59.999Z\"")))
                .containsExactly("ann");
        assertThat(refusal())
                .isEqualTo(
                        "impossible-time: occurred_at is 1999-12-31T23:59:59.999Z (946684799999 ms since 1970), before"
                                + " the earliest allowed time, 2000-01-01T00:00:00Z");
        assertThat(mapped("millis", Acceptance.usual(), "946684800000,ann", "946684799999,bob"))
                .containsExactly("ann");
    }

    @Test
    void recognizesSecondsReadAsMilliseconds() throws Exception {
        String hint = "it looks like seconds: 2026-05-28T20:26:40Z";
        assertThat(canonical(Acceptance.usual(), line("ann", "1780000000"))).isEmpty();
        assertThat(refusal())
                .startsWith("impossible-time: occurred_at is 1970-01-21")
                .endsWith(hint);
        assertThat(mapped("millis", Acceptance.usual(), "1780000000,ann")).isEmpty();
        assertThat(refusal()).startsWith("impossible-time: ").endsWith(hint);
    }

    @Test
    void recognizesFinerUnits() throws Exception {
        assertThat(canonical(Acceptance.usual(), line("ann", "1780000000000000")))
                .isEmpty();
        assertThat(refusal())
                .isEqualTo("impossible-time: occurred_at is 1780000000000000, which is not a time after"
                        + " 1970-01-01T00:00:00Z and before the year 9999; it looks like microseconds:"
                        + " 2026-05-28T20:26:40Z");
        assertThat(canonical(Acceptance.usual(), line("ann", "1780000000000000000")))
                .isEmpty();
        assertThat(refusal()).endsWith("; it looks like nanoseconds: 2026-05-28T20:26:40Z");
        assertThat(canonical(Acceptance.usual(), line("ann", "1780000000.5"))).isEmpty();
        assertThat(refusal()).endsWith("; it looks like seconds: 2026-05-28T20:26:40.500Z");
        assertThat(canonical(Acceptance.usual(), line("ann", "\"1780000000\""))).isEmpty();
        assertThat(refusal()).endsWith("; it looks like seconds: 2026-05-28T20:26:40Z");
    }

    @Test
    void recognizesMillisecondsReadAsSeconds() throws Exception {
        assertThat(mapped("seconds", Acceptance.usual(), "1780000000000,ann")).isEmpty();
        assertThat(refusal())
                .isEqualTo("impossible-time: '1780000000000'; it looks like milliseconds: 2026-05-28T20:26:40Z");
    }

    @Test
    void mappingCanSetEarlierTime() throws Exception {
        assertThat(mapped(
                        "iso, earliest: 1997-01-01",
                        Acceptance.usual(),
                        "1997-01-01T00:00:00.000Z,ann",
                        "1996-12-31T23:59:59.999Z,bob"))
                .containsExactly("ann");
    }

    private static String line(String customer, String at) {
        return "{\"type\":\"product_viewed\",\"customer_id\":\"" + customer + "\",\"event_id\":\"e\",\"occurred_at\":"
                + at + "}";
    }

    private List<String> canonical(Acceptance acceptance, String... lines) throws Exception {
        return customers(String.join("\n", lines), null, acceptance);
    }

    private List<String> mapped(String as, Acceptance acceptance, String... rows) throws Exception {
        Mapping mapping = new MappingReader(SmallShop.VOCABULARY).read("looks.yaml", MAPPING.formatted(as));
        return customers("at,who\n" + String.join("\n", rows) + "\n", mapping, acceptance);
    }

    private List<String> customers(String text, @Nullable Mapping mapping, Acceptance acceptance) throws Exception {
        Path file = Files.writeString(directory.resolve("events"), text);
        List<String> customers = new ArrayList<>();
        try (EventReader reader = EventFiles.open(
                List.of(file), mapping, SmallShop.VOCABULARY, acceptance, SortWithin.NOTHING, Long.MAX_VALUE)) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                customers.add(event.customerId());
            }
            report = reader.reports().get(0);
        }
        return customers;
    }

    /** The only refusal, with its detail. */
    private String refusal() {
        assertThat(report.refused()).hasSize(1);
        ReadReport.Refusal refusal = report.refused().get(0);
        return refusal.reason() + ": " + refusal.first().get(0).detail();
    }
}
