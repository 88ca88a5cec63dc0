// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import dev.segue.replay.EventFiles;
import dev.segue.replay.EventReader;
import dev.segue.replay.SortWithin;
import dev.segue.replay.file.ReadReport;
import dev.segue.replay.mapping.Mapping;
import dev.segue.replay.mapping.MappingReader;
import dev.segue.serde.event.Acceptance;
import dev.segue.serde.event.JsonLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of messages becomes the events that the collector makes of them, links included. */
class ReplayedMessagesTest {
    private static final Vocabulary VOCABULARY = SegmentMapper.SCHEMAS.vocabulary();
    private static final Instant RECEIVED = Instant.parse("2026-03-02T00:00:00Z");

    private static final List<String> MESSAGES = List.of(
            message(
                    "track",
                    "anonymousId phone-1",
                    "\"event\":\"Product Viewed\",\"properties\":{\"product_id\":\"p1\"}"),
            message("identify", "userId ann, anonymousId phone-1", "\"traits\":{\"age\":40,\"plan\":\"gold\"}"),
            message("identify", "userId ann, anonymousId laptop-1", ""),
            message("identify", "userId ann", ""),
            message("identify", "userId ann, anonymousId ann", ""),
            message("identify", "userId undefined, anonymousId phone-2", "\"traits\":{\"age\":41}"),
            message("alias", "userId ann, previousId tablet-1", ""),
            message("alias", "userId ann, previousId null", ""),
            message("alias", "userId ann, previousId ann", ""),
            message("track", "userId 0000-0000, anonymousId phone-2", "\"event\":\"Size Guide Opened\""),
            message(
                    "track",
                    "userId ann, anonymousId phone-1",
                    "\"event\":\"Order Completed\",\"properties\":" + "{\"order_id\":\"o1\",\"total\":20}"));

    @TempDir
    private Path directory;

    private List<ReadReport> reports = List.of();

    /** The ids as {@code name value, name value}. */
    private static String message(String type, String ids, String more) {
        StringBuilder json = new StringBuilder("{\"type\":\"" + type + "\"");
        for (String id : ids.split(", ", -1)) {
            String[] parts = id.split(" ", 2);
            json.append(",\"" + parts[0] + "\":\"" + parts[1] + "\"");
        }
        return json + (more.isEmpty() ? "" : "," + more) + "}";
    }

    @Test
    void replayedMessagesAreTheCollectorsEvents() throws Exception {
        List<String> lines = numbered(MESSAGES);
        List<String> collected = new ArrayList<>();
        for (String line : lines) {
            Envelope envelope = new Envelope("web", null, RECEIVED, null, "m", "", false);
            MappedMessage mapped =
                    SegmentMapper.MAPPER.map(BatchReader.single(line).messages().get(0), envelope);
            mapped.events().forEach(event -> collected.add(text(event)));
        }
        assertThat(replayed(lines)).isEqualTo(collected);
        assertThat(collected)
                .filteredOn(event -> event.startsWith("customer_identified"))
                .hasSize(3);
        assertThat(reports.get(0).refused()).isEmpty();
        assertThat(reports.get(0).ignored()).hasSize(2);
    }

    /** The collector rejects a whole message, so a link may not survive the rest of its row. */
    @Test
    void refusedMessageLinksNothing() throws Exception {
        String wrong = message("identify", "userId ann, anonymousId phone-1", "\"traits\":{\"age\":\"old\"}");
        String noId = message("alias", "userId ann, previousId phone-2", "");
        assertThat(replayed(List.of(
                        wrong.replaceFirst("\\{", "{\"timestamp\":\"2026-03-01T10:00:00Z\",\"messageId\":\"m1\","),
                        noId.replaceFirst("\\{", "{\"timestamp\":\"2026-03-01T10:00:00Z\","))))
                .isEmpty();
        assertThat(reports.get(0).refused()).hasSize(2);
    }

    private static List<String> numbered(List<String> messages) {
        List<String> lines = new ArrayList<>();
        for (String message : messages) {
            Instant time = Instant.parse("2026-03-01T10:00:00Z").plus(Duration.ofMinutes(lines.size()));
            lines.add(
                    "{\"timestamp\":\"" + time + "\",\"messageId\":\"m" + lines.size() + "\"," + message.substring(1));
        }
        return lines;
    }

    private List<String> replayed(List<String> lines) throws Exception {
        Path file = Files.write(directory.resolve("messages.jsonl"), lines);
        Path mappingFile = Path.of("mappings", "segment.yaml");
        Mapping mapping = new MappingReader(VOCABULARY).read(mappingFile.toString(), Files.readString(mappingFile));
        List<String> events = new ArrayList<>();
        try (EventReader reader = EventFiles.open(
                List.of(file), mapping, VOCABULARY, Acceptance.usual(), SortWithin.NOTHING, RECEIVED.toEpochMilli())) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                events.add(text(event));
            }
            reports = reader.reports();
        }
        return events;
    }

    private static String text(Event event) {
        return event.type() + " of " + event.customerId() + " "
                + JsonLines.write(out -> JsonLines.writeValue(out, event.fields()));
    }
}
