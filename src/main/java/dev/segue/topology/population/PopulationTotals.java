// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.population;

import dev.segue.audience.Histogram;
import dev.segue.plan.PopulationNeed;
import dev.segue.plan.population.Cuts;
import dev.segue.serde.output.PopulationReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Adds up the reports of all tasks, and computes the cuts of each population. Not safe for several threads. */
public final class PopulationTotals {
    /** How long counts are kept of a population that no definition known here reads. */
    static final Duration KEPT = Duration.ofMinutes(10);

    private final TotalsStore store;
    private final Map<Long, Total> totals = new HashMap<>();
    private Map<Long, PopulationNeed> live = Map.of();

    /** One population. */
    private static final class Total {
        private final Histogram histogram = new Histogram();
        private final Map<Integer, TotalsStore.Header> partitions = new HashMap<>();
        private @Nullable Cuts written;
        /** Since the cuts were last computed. */
        private boolean isChanged = true;
        /** Whether the last cuts that were written are those of the counts, in all percentiles. */
        private boolean isAsWritten;
        /** Whether a task may not know the last cuts. */
        private boolean isToWrite;

        private long reportedAt;

        private boolean isComplete(int all) {
            for (int partition = 0; partition < all; partition++) {
                TotalsStore.Header header = partitions.get(partition);
                if (header == null || !header.complete()) {
                    return false;
                }
            }
            return true;
        }
    }

    /** @param now in milliseconds since the epoch */
    public PopulationTotals(KeyValueStore<Bytes, byte[]> stored, long now) {
        store = new TotalsStore(stored);
        store.headers((population, partition, header) ->
                total(population, now).partitions.put(partition, header));
        store.counts(
                (population, bucket, count) -> total(population, now).histogram.add(bucket, count));
        store.written(cuts -> total(cuts.population(), now).written = cuts);
    }

    private Total total(long population, long now) {
        return totals.computeIfAbsent(population, absent -> {
            Total total = new Total();
            total.reportedAt = now;
            return total;
        });
    }

    /** Returns whether nothing has been reported. */
    public boolean isEmpty() {
        return totals.isEmpty();
    }

    /**
     * Counts what a task has reported. A report of an earlier task of the partition changes nothing, nor does one that
     * adds to reports that are not known.
     *
     * @param now in milliseconds since the epoch
     */
    public void report(PopulationReport report, long now) {
        Total known = totals.get(report.population());
        TotalsStore.Header header = known == null ? null : known.partitions.get(report.partition());
        boolean isLate = header != null && report.epoch() < header.epoch();
        boolean addsToUnknown = !report.whole() && (header == null || report.epoch() != header.epoch());
        if (isLate || addsToUnknown) {
            return;
        }
        Total total = total(report.population(), now);
        total.reportedAt = now;
        total.isChanged = true;
        total.isAsWritten = false;
        total.isToWrite |= report.whole();
        Map<Integer, Long> counts = new HashMap<>(report.counts());
        if (report.whole()) {
            store.buckets(report.population(), report.partition()).forEach(bucket -> counts.putIfAbsent(bucket, 0L));
        }
        counts.forEach((bucket, count) -> total.histogram.add(
                bucket, count - store.count(report.population(), report.partition(), bucket, count)));
        TotalsStore.Header next = new TotalsStore.Header(report.epoch(), report.complete());
        if (!next.equals(header)) {
            total.partitions.put(report.partition(), next);
            store.header(report.population(), report.partition(), next);
        }
    }

    /**
     * From now on, cuts of these populations are computed. Counts of other populations are dropped: of those that have
     * been computed at once, of those that are not known here yet after a while without reports.
     *
     * @param now in milliseconds since the epoch
     */
    public void compute(List<PopulationNeed> needs, long now) {
        Map<Long, PopulationNeed> next =
                needs.stream().collect(Collectors.toMap(PopulationNeed::id, need -> need, (one, same) -> one));
        Set<Long> dropped = new HashSet<>(live.keySet());
        totals.forEach((population, total) -> {
            if (now - total.reportedAt > KEPT.toMillis()) {
                dropped.add(population);
            }
        });
        dropped.removeAll(next.keySet());
        dropped.forEach(population -> {
            totals.remove(population);
            store.drop(population);
        });
        live = next;
    }

    /**
     * Returns the cuts that must be written, and takes them as written: those of complete populations that differ from
     * the last ones where a definition asks, or that a task may not know.
     *
     * @param partitions so many must be complete
     * @param now in milliseconds since the epoch
     */
    public List<Cuts> take(int partitions, long now) {
        return take(partitions, now, false);
    }

    /** As {@link #take}, of all complete populations with other counts, whatever definitions ask. */
    public List<Cuts> takeAll(int partitions, long now) {
        live.keySet().stream()
                .map(totals::get)
                .filter(Objects::nonNull)
                .filter(total -> !total.isAsWritten)
                .forEach(total -> total.isChanged = true);
        return take(partitions, now, true);
    }

    private List<Cuts> take(int partitions, long now, boolean all) {
        List<Cuts> due = new ArrayList<>();
        for (PopulationNeed need : live.values()) {
            Total total = totals.get(need.id());
            if (total != null && total.isChanged && total.isComplete(partitions) && isLater(now, total.written)) {
                Cuts next = total.histogram.cuts(need.id(), need.minimum(), now);
                total.isChanged = false;
                if (all || total.isToWrite || total.written == null || !total.written.agreesWith(next, need.asked())) {
                    total.isToWrite = false;
                    total.isAsWritten = true;
                    total.written = next;
                    store.written(next);
                    due.add(next);
                }
            }
        }
        return due;
    }

    private static boolean isLater(long now, @Nullable Cuts written) {
        return written == null || now > written.at();
    }
}
