// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** The events of a scenario. The test driver counts offsets from 0 after each restart, so earlier ones are negative. */
final class ScenarioPast implements PastLog {
    private final List<ConsumerRecord<byte[], byte[]>> sent = new ArrayList<>();
    private static final int FEW = 3;

    private int beforeRestart;
    /** Records before this have been deleted. */
    private int deleted;

    private int failing = -1;

    void add(byte @Nullable [] key, byte @Nullable [] value, Instant timestamp) {
        sent.add(new ConsumerRecord<>(
                "behavior-events",
                0,
                sent.size(),
                timestamp.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                value,
                new RecordHeaders(),
                Optional.empty()));
    }

    void restart() {
        beforeRestart = sent.size();
    }

    /** The next pass fails after it has taken records that include this one. */
    void failAt(int number) {
        failing = number;
    }

    /** As retention does. */
    void deleteAll() {
        deleted = sent.size();
    }

    @Override
    public Partition open(int partition) {
        return new Pass();
    }

    @Override
    public Overflow overflow(int partition) {
        throw new AssertionError("a scenario has few customers");
    }

    private final class Pass implements Partition {
        private int next = deleted;

        @Override
        public long committed() {
            return 0;
        }

        @Override
        public boolean isShortened() {
            return deleted > 0;
        }

        @Override
        public long position() {
            return (long) next - beforeRestart;
        }

        @Override
        public long end() {
            return (long) sent.size() - beforeRestart;
        }

        @Override
        public List<ConsumerRecord<byte[], byte[]>> read(long upTo) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (records.size() < FEW && next < sent.size() && position() <= upTo) {
                records.add(sent.get(next));
                next++;
            }
            if (failing >= 0 && next > failing) {
                failing = -1;
                throw new KafkaException("nobody answers");
            }
            return records;
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }
}
