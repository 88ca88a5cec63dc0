// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** Measures how much state is still to be restored from the cluster. Safe for several threads. */
public final class RestoreProgress implements StateRestoreListener {
    private final Map<TopicPartition, Long> left = new ConcurrentHashMap<>();
    private final Counter restored;

    public RestoreProgress(MeterRegistry meters) {
        restored = Counter.builder("segue.restore.records")
                .description("State records restored from the cluster")
                .register(meters);
        Gauge.builder("segue.restore.left", this, RestoreProgress::left)
                .description("State records still to be restored before processing can start, approximately")
                .register(meters);
        Gauge.builder("segue.restore.partitions", left, Map::size)
                .description("Partitions whose state is being restored")
                .register(meters);
    }

    /** Returns how many records are still to be restored; approximate, because offsets include transaction markers. */
    public long left() {
        return left.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long start, long end) {
        left.put(partition, Math.max(0, end - start));
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long batchEnd, long records) {
        restored.increment((double) records);
        left.computeIfPresent(partition, (any, before) -> Math.max(0, before - records));
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long records) {
        left.remove(partition);
    }

    @Override
    public void onRestoreSuspended(TopicPartition partition, String store, long records) {
        left.remove(partition);
    }
}
