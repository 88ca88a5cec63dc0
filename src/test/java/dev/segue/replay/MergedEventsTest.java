// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.event.Event;
import dev.segue.event.SmallShop;
import dev.segue.replay.file.ReadReport;
import dev.segue.replay.file.UnreadableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedEventsTest {
    @TempDir
    Path directory;

    @Test
    void returnsEarliestEventAndFirstFileOnTie() throws IOException {
        Path b = file("b.jsonl", "b1 10:00", "b2 10:02", "b3 10:02", "b4 10:05");
        Path a = file("a.jsonl", "a1 10:01", "a2 10:02", "a3 10:05");
        assertThat(ids(b, a)).containsExactly("b1", "a1", "b2", "b3", "a2", "b4", "a3");
        assertThat(ids(a, b)).containsExactly("b1", "a1", "a2", "b2", "b3", "a3", "b4");
    }

    @Test
    void keepsOrderOfEachFile() throws IOException {
        Path late = file("late.jsonl", "l1 10:03", "l2 10:00", "l3 10:04");
        Path other = file("other.jsonl", "o1 10:01", "o2 10:05");
        assertThat(ids(late, other)).containsExactly("o1", "l1", "l2", "l3", "o2");
    }

    @Test
    void opensNothingIfOneFileIsAbsent() throws IOException {
        Path there = file("there.jsonl", "t1 10:00");
        assertThatThrownBy(() -> ids(there, directory.resolve("absent.jsonl")))
                .isInstanceOf(UnreadableFile.class)
                .hasMessageContaining("absent.jsonl");
    }

    @Test
    void refusesTooLongLineAndContinues() throws IOException {
        Path file = file("long.jsonl", "t1 10:00", "t2 10:01", "t3 10:02");
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(1, lines.get(1) + " ".repeat(5_000_000));
        lines.add(1, "");
        lines.set(3, lines.get(3) + "\r");
        Files.write(file, lines);
        assertThat(ids(file)).containsExactly("t1", "t3");
        try (EventReader reader = EventFiles.open(List.of(file), null, SmallShop.VOCABULARY)) {
            while (reader.next() != null) {
                // Only the report matters.
            }
            ReadReport report = reader.reports().get(0);
            assertThat(report.rows()).isEqualTo(3);
            assertThat(report.refused()).singleElement().satisfies(refusal -> {
                assertThat(refusal.reason()).isEqualTo("a line of more than 524288 characters");
                assertThat(refusal.first().get(0).number()).isEqualTo(3);
            });
        }
    }

    @Test
    void readsLinesAcrossBuffers() throws IOException {
        String[] events = new String[5_000];
        for (int event = 0; event < events.length; event++) {
            events[event] = "e" + "x".repeat(event % 97) + event + " 10:00";
        }
        List<String> ids = ids(file("many.jsonl", events));
        assertThat(ids).hasSize(5_000);
        assertThat(ids.get(4_999)).endsWith("4999");
    }

    private static List<String> ids(Path... files) {
        List<String> ids = new ArrayList<>();
        try (EventReader reader = EventFiles.open(List.of(files), null, SmallShop.VOCABULARY)) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                ids.add(event.eventId());
            }
        }
        return ids;
    }

    private Path file(String name, String... events) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String event : events) {
            String[] parts = event.split(" ", 2);
            lines.add("{\"type\":\"product_viewed\",\"customer_id\":\"ann\",\"event_id\":\"" + parts[0]
                    + "\",\"occurred_at\":\"2025-01-01T" + parts[1] + ":00Z\"}");
        }
        return Files.write(directory.resolve(name), lines);
    }
}
