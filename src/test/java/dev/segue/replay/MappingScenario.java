// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Event;
import dev.segue.event.SmallShop;
import dev.segue.replay.file.ReadReport;
import dev.segue.replay.mapping.InvalidMapping;
import dev.segue.replay.mapping.Mapping;
import dev.segue.replay.mapping.MappingReader;
import dev.segue.serde.event.Acceptance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Writes files and reads them through a mapping. */
public abstract class MappingScenario {
    static final String VIEWS = """
            mapping: shop
            format: csv
            columns: [at, who, what, price, {extra: json}]
            customer: row.who
            time: {value: row.at, as: millis}
            events:
              - type: product_viewed
                when: row.what == 'view'
                fields:
                  price: row.price
                  product_id: row.extra.product.id
                  position: row.extra.position
                  in_stock: row.extra.in_stock
                  launched_at: row.extra.launched
                  answers: row.extra.answers
              - ignore: the shop's own probe
                when: row.what == 'probe'
            """;

    /** The current time of the reader. */
    static final long NOW = Instant.parse("2030-01-01T00:00:00Z").toEpochMilli();

    @TempDir
    protected Path directory;

    protected List<ReadReport> reports = List.of();

    /** The event of a file that has one event and no refused row. */
    protected final Event only(String mapping, String name, String content) throws Exception {
        List<Event> events = events(mapping, file(name, content));
        assertThat(reports.get(0).refused()).isEmpty();
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    /** All events of a file; {@link #reports} then contains the other rows. */
    protected final List<Event> events(String mappingText, Path file) throws InvalidMapping {
        Mapping mapping = new MappingReader(SmallShop.VOCABULARY).read("test.yaml", mappingText);
        List<Event> events = new ArrayList<>();
        // Accepts times that are short to write; AcceptanceTest tests refused times.
        Acceptance acceptance = Acceptance.usual().withEarliest(Instant.EPOCH);
        try (EventReader reader = new MappedEvents(file, mapping, acceptance, NOW)) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
            reports = reader.reports();
        }
        return events;
    }

    protected final Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }
}
