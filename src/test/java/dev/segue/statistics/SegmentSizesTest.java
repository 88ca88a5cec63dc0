// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Cause;
import dev.segue.event.Change;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SegmentSizesTest {
    private static final Subject LOYAL = Subject.segment("loyal");
    private static final long SINCE = at("2025-10-31T00:00:00Z");

    private static final Windows WINDOWS = new Windows(ZoneId.of("Europe/Berlin"));

    private final PendingCounts pending = new PendingCounts();
    private final List<String> evaluated = new ArrayList<>(List.of("loyal"));
    private final AtomicLong dropped = new AtomicLong();
    private final SegmentSizes sizes = started();

    private SegmentSizes started() {
        return new SegmentSizes(pending, WINDOWS, new Since(SINCE, dropped::incrementAndGet), () -> evaluated);
    }

    private static long at(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }

    private static Change change(String segment, Change.Kind kind, String at, Cause cause) {
        return Change.of("ann", segment, kind, Instant.parse(at)).cause(cause).build();
    }

    private void changed(Change.Kind kind, String at) {
        sizes.changed(List.of(change("loyal", kind, at, Cause.DEADLINE)));
    }

    /** The members by window, of windows that a partition has reported. */
    private Map<String, Long> members(WindowSize size) {
        sizes.spread();
        Map<Long, WindowCounts> found = new TreeMap<>();
        pending.save((slot, counts) -> {
            if (slot.subject().equals(LOYAL)) {
                found.computeIfAbsent(WINDOWS.start(size, slot.hour()), absent -> new WindowCounts())
                        .add(counts, size);
            }
        });
        Map<String, Long> members = new TreeMap<>();
        found.forEach((start, counts) -> {
            if (counts.get(Measure.partitions(size)) == 1) {
                members.put(Instant.ofEpochMilli(start).toString(), counts.get(Measure.members(size)));
            }
        });
        return members;
    }

    @Test
    void sizeIsThatAtTheEndOfTheWindow() {
        sizes.member("loyal");
        changed(Change.Kind.ENTERED, "2025-11-01T10:59:59.999Z");
        changed(Change.Kind.ENTERED, "2025-11-01T11:00:00Z");
        sizes.open(at("2025-11-01T12:10:00Z"));
        assertThat(members(WindowSize.HOUR))
                .isEqualTo(Map.of("2025-11-01T10:00:00Z", 2L, "2025-11-01T11:00:00Z", 3L, "2025-11-01T12:00:00Z", 3L));
    }

    @Test
    void lateChangeRevisesItsWindowAndAllLaterOnes() {
        sizes.open(at("2025-11-01T10:00:00Z"));
        sizes.open(at("2025-11-01T13:00:00Z"));
        changed(Change.Kind.ENTERED, "2025-11-01T11:30:00Z");
        assertThat(members(WindowSize.HOUR))
                .isEqualTo(Map.of(
                        "2025-11-01T10:00:00Z", 0L,
                        "2025-11-01T11:00:00Z", 1L,
                        "2025-11-01T12:00:00Z", 1L,
                        "2025-11-01T13:00:00Z", 1L));
    }

    @Test
    void lateChangesAreAddedUp() {
        sizes.open(at("2025-11-01T20:00:00Z"));
        sizes.open(at("2025-11-01T23:30:00Z"));
        changed(Change.Kind.ENTERED, "2025-11-01T21:30:00Z");
        changed(Change.Kind.ENTERED, "2025-11-01T22:30:00Z");
        changed(Change.Kind.ENTERED, "2025-11-01T22:40:00Z");
        changed(Change.Kind.EXITED, "2025-11-01T21:40:00Z");
        assertThat(members(WindowSize.HOUR))
                .isEqualTo(Map.of(
                        "2025-11-01T20:00:00Z", 0L,
                        "2025-11-01T21:00:00Z", 0L,
                        "2025-11-01T22:00:00Z", 2L,
                        "2025-11-01T23:00:00Z", 2L));
    }

    @Test
    void lateChangesCountForTheDaysToo() {
        sizes.open(at("2025-11-01T20:00:00Z"));
        sizes.open(at("2025-11-01T23:30:00Z"));
        changed(Change.Kind.ENTERED, "2025-11-01T21:30:00Z");
        changed(Change.Kind.ENTERED, "2025-11-01T22:59:59.999Z");
        assertThat(members(WindowSize.DAY)).isEqualTo(Map.of("2025-10-31T23:00:00Z", 2L, "2025-11-01T23:00:00Z", 2L));
    }

    @Test
    void whatHappenedBeforeTheFirstHourChangesSizesOnly() {
        changed(Change.Kind.ENTERED, "2025-10-30T23:59:59.999Z");
        assertThat(sizes.opened()).isNull();
        changed(Change.Kind.ENTERED, "2025-10-31T00:00:00Z");
        changed(Change.Kind.ENTERED, "2025-10-30T23:00:00Z");
        assertThat(members(WindowSize.HOUR)).isEqualTo(Map.of("2025-10-31T00:00:00Z", 3L));
        assertThat(pending.of(LOYAL, SINCE).get(Measure.ENTERED)).isEqualTo(1);
        assertThat(dropped).hasValue(2);
    }

    @Test
    void daysAreThoseOfTheZone() {
        sizes.open(at("2025-11-01T22:10:00Z"));
        changed(Change.Kind.ENTERED, "2025-11-01T22:59:00Z");
        sizes.open(at("2025-11-01T23:00:00Z"));
        changed(Change.Kind.EXITED, "2025-11-01T22:59:30Z");
        changed(Change.Kind.ENTERED, "2025-11-01T23:00:00Z");
        assertThat(members(WindowSize.DAY)).isEqualTo(Map.of("2025-10-31T23:00:00Z", 0L, "2025-11-01T23:00:00Z", 1L));
    }

    @Test
    void revisesNoMoreThanTwoDays() {
        sizes.open(at("2025-11-01T10:00:00Z"));
        sizes.open(at("2025-11-03T10:00:00Z"));
        changed(Change.Kind.ENTERED, "2025-11-01T09:00:00Z");
        Map<String, Long> members = members(WindowSize.HOUR);
        assertThat(members).hasSize(SegmentSizes.REACH_HOURS + 1).containsEntry("2025-11-01T10:00:00Z", 0L);
        assertThat(members.values().stream().filter(held -> held == 1)).hasSize(SegmentSizes.REACH_HOURS);
    }

    @Test
    void opensNoMoreThanTwoDaysAfterABreak() {
        sizes.open(at("2025-11-01T10:00:00Z"));
        sizes.open(at("2025-12-01T10:00:00Z"));
        assertThat(members(WindowSize.HOUR))
                .hasSize(1 + SegmentSizes.REACH_HOURS)
                .containsKey("2025-11-29T11:00:00Z");
    }

    @Test
    void whatNoCustomerDidIsAdjusted() {
        sizes.changed(List.of(
                change("loyal", Change.Kind.ENTERED, "2025-11-01T10:01:00Z", Cause.DEFINITION),
                change("loyal", Change.Kind.ENTERED, "2025-11-01T10:01:00Z", Cause.DEFINITION),
                change("loyal", Change.Kind.EXITED, "2025-11-01T10:02:00Z", Cause.MERGE)));
        sizes.takenOver("loyal", at("2025-11-01T10:03:00Z"));
        WindowCounts counts = pending.of(LOYAL, at("2025-11-01T10:00:00Z"));
        assertThat(counts.get(Measure.ADJUSTED)).isEqualTo(2);
        assertThat(counts.get(Measure.HOUR_MEMBERS)).isEqualTo(2);
        assertThat(counts.get(Measure.ENTERED)).isZero();
        assertThat(counts.medianStay()).isEmpty();
    }

    @Test
    void removedSegmentIsReportedNoMoreOnceItIsEmpty() {
        sizes.open(at("2025-11-01T10:00:00Z"));
        changed(Change.Kind.ENTERED, "2025-11-01T10:00:00Z");
        evaluated.clear();
        sizes.open(at("2025-11-01T11:00:00Z"));
        changed(Change.Kind.EXITED, "2025-11-01T11:00:00Z");
        sizes.open(at("2025-11-01T12:00:00Z"));
        assertThat(members(WindowSize.HOUR)).isEqualTo(Map.of("2025-11-01T10:00:00Z", 1L, "2025-11-01T11:00:00Z", 0L));
    }

    @Test
    void goesOnAfterARestart() {
        sizes.open(at("2025-11-01T10:00:00Z"));
        changed(Change.Kind.ENTERED, "2025-11-01T10:00:00Z");
        SegmentSizes restarted = started();
        restarted.member("loyal");
        restarted.restore(sizes.opened());
        restarted.open(at("2025-11-01T10:30:00Z"));
        restarted.open(at("2025-11-01T11:30:00Z"));
        assertThat(members(WindowSize.HOUR)).isEqualTo(Map.of("2025-11-01T10:00:00Z", 1L, "2025-11-01T11:00:00Z", 1L));
    }
}
