// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import dev.segue.config.Settings;
import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.replay.backtest.Backtest;
import dev.segue.replay.backtest.BacktestPart;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.cluster.Registries;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.topology.Admission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Feeds a backtest with the retained events of the events topic, which it decodes as the processor does. */
public final class TopicBacktest {
    private final EventLog log;
    private final Admission admission;
    private final LongAdder events = new LongAdder();

    private TopicBacktest(EventLog log, Admission admission) {
        this.log = log;
        this.admission = admission;
    }

    /** @throws CannotStart if the cluster or the registry cannot be used, or the topic does not exist */
    public static TopicBacktest open(Settings settings, EventSchemas schemas) throws InterruptedException {
        EventDecoder decoder = new EventDecoder(schemas, Registries.withoutBudget(settings));
        return new TopicBacktest(EventLog.open(settings), new Admission(decoder, settings.limits()));
    }

    /**
     * Reads all partitions, as many at a time as there are cores.
     *
     * @throws CannotStart if the cluster or the registry fails meanwhile
     */
    public void run(Backtest backtest) throws InterruptedException {
        log.read(Runtime.getRuntime().availableProcessors(), () -> new Partition(backtest));
    }

    /**
     * Reads all partitions as one, in order of time, so that ids in several partitions can be one person.
     *
     * @throws CannotStart if the cluster or the registry fails meanwhile
     */
    public void runInOrder(Backtest backtest) {
        log.readInOrder(new Partition(backtest));
    }

    /** Returns whether ids in several partitions could be one person. */
    public boolean hasSeveralPartitions() {
        return log.partitions() > 1;
    }

    /**
     * Returns the latest timestamp of a record, in milliseconds since the epoch; empty if there are no records.
     *
     * @throws CannotStart if the cluster cannot be used
     */
    public OptionalLong latest() throws InterruptedException {
        return log.latest();
    }

    /** The number of offsets in the topic. */
    public long offsets() {
        return log.offsets();
    }

    /** The number of offsets that were read so far. Safe for any thread. */
    public long done() {
        return log.done();
    }

    /** The number of events that were applied so far. Safe for any thread. */
    public long events() {
        return events.sum();
    }

    private final class Partition implements EventLog.PartitionReader {
        private final Backtest backtest;
        private final BacktestPart part;

        Partition(Backtest backtest) {
            this.backtest = backtest;
            this.part = backtest.part();
        }

        @Override
        public void read(Collection<ConsumerRecord<byte[], byte[]>> records) {
            List<Event> batch = new ArrayList<>(records.size());
            for (ConsumerRecord<byte[], byte[]> record : records) {
                try {
                    batch.add(admission.admit(record.key(), record.value(), record.timestamp()));
                } catch (BadRecord bad) {
                    part.refuse(bad.reason().label());
                }
            }
            part.apply(batch);
            events.add(batch.size());
        }

        @Override
        public void end() {
            part.rest();
            backtest.take(part);
        }
    }
}
