// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Event;
import dev.segue.serde.event.JsonLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * mappings/segment.yaml on the examples of the specifications, and on what shops send instead. The file has a message in a
 * line, and the events that it becomes in the lines after it, each behind an arrow.
 */
class SegmentMappingTest {
    private static final Path SAMPLES = Path.of("src", "test", "resources", "collector", "messages.txt");

    @Test
    void everySampleBecomesItsEvents() throws Exception {
        List<String> expected = Files.readAllLines(SAMPLES);
        List<String> actual = new ArrayList<>();
        for (String line : expected) {
            if (line.startsWith("{")) {
                actual.add(line);
                actual.addAll(events(line));
            } else if (!line.startsWith("=>")) {
                actual.add(line);
            }
        }
        if (Boolean.getBoolean("segue.rewrite")) {
            Files.write(SAMPLES, actual);
        }
        assertThat(actual).isEqualTo(expected);
    }

    private static List<String> events(String json) throws Exception {
        List<String> lines = new ArrayList<>();
        Message message = BatchReader.single(json).messages().get(0);
        try {
            MappedMessage mapped = SegmentMapper.MAPPER.map(message, SegmentMapper.envelope());
            for (Event event : mapped.events()) {
                lines.add("=> " + event.type() + " of " + event.customerId() + " "
                        + JsonLines.write(out -> JsonLines.writeValue(out, event.fields()))
                                .replace("\"occurred_at\":\"2026-03-01T12:00:00.000Z\"", "now"));
            }
            if (mapped.ignored() != null) {
                lines.add("=> ignored: " + mapped.ignored());
            }
            if (mapped.dropped() > 0) {
                lines.add("=> dropped: " + mapped.dropped());
            }
        } catch (BadMessage bad) {
            lines.add("=> " + bad.reason().label() + " at " + bad.path() + ": " + bad.detail());
        }
        return lines;
    }
}
