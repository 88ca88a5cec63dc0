// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Event;
import dev.segue.event.SmallShop;
import dev.segue.replay.file.ReadReport;
import dev.segue.serde.event.Acceptance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SortedEventsTest {
    private static final long START = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();
    private static final SortWithin WHOLE = new SortWithin(Long.MAX_VALUE, SortWithin.HEAP);

    @TempDir
    Path directory;

    private List<ReadReport> reports = List.of();

    @Test
    void sortsReversedFile() throws Exception {
        assertThat(ids(WHOLE, file("a", 30, 20, 10, 0))).containsExactly("a3", "a2", "a1", "a0");
        assertThat(sorting()).isEqualTo(new ReadReport.Sorting(3, 0, ""));
    }

    @Test
    void keepsFileOrderAtEqualTimes() throws Exception {
        assertThat(ids(WHOLE, file("a", 10, 0, 10, 0, 10))).containsExactly("a1", "a3", "a0", "a2", "a4");
    }

    @Test
    void sortsExactlyUpToWindow() throws Exception {
        SortWithin tenMillis = new SortWithin(10, SortWithin.HEAP);
        assertThat(ids(tenMillis, file("a", 0, 15, 20, 10, 40))).containsExactly("a0", "a3", "a1", "a2", "a4");
        assertThat(sorting()).isEqualTo(new ReadReport.Sorting(1, 0, ""));
        assertThat(ids(tenMillis, file("b", 0, 10, 20, 9, 40))).containsExactly("b0", "b1", "b3", "b2", "b4");
        assertThat(sorting()).isEqualTo(new ReadReport.Sorting(1, 1, "more than 10ms"));
    }

    @Test
    void sortsPartlyIfFileDoesNotFit() throws Exception {
        long[] offsets = new long[200];
        Arrays.setAll(offsets, index -> 200 - index);
        List<String> all = ids(new SortWithin(Long.MAX_VALUE, 20_000), file("a", offsets));
        assertThat(all).hasSize(200).doesNotHaveDuplicates();
        assertThat(sorting().moved()).isEqualTo(199);
        assertThat(sorting().unordered()).isBetween(50L, 198L);
        assertThat(sorting().limit()).isEqualTo("more than 0 MiB of events");
    }

    @Test
    void holdsNoMoreThanLimit() throws Exception {
        long[] offsets = new long[500];
        Arrays.setAll(offsets, index -> index);
        assertThat(ids(new SortWithin(Long.MAX_VALUE, 1), file("a", offsets))).hasSize(500);
        assertThat(sorting()).isEqualTo(new ReadReport.Sorting(0, 0, ""));
    }

    @Test
    void mergesReversedFiles() throws Exception {
        Random random = new Random(5);
        long[] backwards = new long[300];
        Arrays.setAll(backwards, index -> 3_000 - 10L * index);
        long[] shuffled = random.longs(300, 0, 3_000).toArray();
        long[] ordered = random.longs(300, 0, 3_000).sorted().toArray();
        List<Event> events = events(WHOLE, file("a", backwards), file("b", shuffled), file("c", ordered));
        assertThat(events).hasSize(900).isSortedAccordingTo((a, b) -> Long.compare(a.time(), b.time()));
        for (int index = 1; index < events.size(); index++) {
            if (events.get(index - 1).time() == events.get(index).time()) {
                assertThat(events.get(index - 1).eventId().charAt(0))
                        .isLessThanOrEqualTo(events.get(index).eventId().charAt(0));
            }
        }
    }

    @Test
    void estimateIsAtLeastSizeOfTexts() throws Exception {
        Event event = events(WHOLE, file("a", 0)).get(0);
        assertThat(EventSize.bytes(event)).isBetween(200L, 2_000L);
    }

    private ReadReport.Sorting sorting() {
        return reports.get(0).sorting();
    }

    private List<String> ids(SortWithin within, Path... files) {
        return events(within, files).stream().map(Event::eventId).toList();
    }

    private List<Event> events(SortWithin within, Path... files) {
        List<Event> events = new ArrayList<>();
        try (EventReader reader = EventFiles.open(
                List.of(files), null, SmallShop.VOCABULARY, Acceptance.usual(), within, Long.MAX_VALUE)) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
            reports = reader.reports();
        }
        return events;
    }

    private Path file(String name, long... offsets) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int index = 0; index < offsets.length; index++) {
            lines.add("{\"type\":\"product_viewed\",\"customer_id\":\"ann\",\"event_id\":\"" + name + index
                    + "\",\"occurred_at\":\"" + Instant.ofEpochMilli(START + offsets[index]) + "\"}");
        }
        return Files.write(directory.resolve(name + ".jsonl"), lines);
    }
}
