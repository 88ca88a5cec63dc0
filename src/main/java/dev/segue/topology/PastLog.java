// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The retained events, read beside the processor. Safe for several threads. */
public interface PastLog {
    /** Begins to read a partition of the events topic at its first retained record. */
    Partition open(int partition);

    /** Returns an empty store for what does not fit into memory while a partition is read. */
    Overflow overflow(int partition);

    /** Stores bytes by customer, until it is closed. For one thread at a time. */
    interface Overflow extends AutoCloseable {
        void put(String customer, byte[] state);

        /** Returns what was put last; null if there is nothing. */
        byte @Nullable [] get(String customer);

        void remove(String customer);

        @Override
        void close();
    }

    /** One pass over a partition. For one thread at a time. */
    interface Partition extends AutoCloseable {
        /**
         * Returns the offset behind the last event that the processor had committed when this was opened; 0 if it had
         * committed none.
         */
        long committed();

        /** Returns whether records before the first one have been deleted. */
        boolean isShortened();

        /** Returns the offset of the next record. */
        long position();

        /** Returns the offset behind the last record of the partition, as far as it is known. */
        long end();

        /** Returns further records up to and including an offset; none if none arrived within a short time. */
        List<ConsumerRecord<byte[], byte[]>> read(long upTo);

        @Override
        void close();
    }
}
