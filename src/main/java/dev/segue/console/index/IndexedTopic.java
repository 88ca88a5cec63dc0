// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.index;

import dev.segue.event.BadRecord;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What becomes of the records of a topic. Called by one thread. */
interface IndexedTopic {
    /**
     * Takes a record; it may have been taken before.
     *
     * @throws BadRecord if it cannot be decoded
     */
    void take(String key, byte @Nullable [] value) throws BadRecord;

    /** Forgets everything, because the topic is another one now. */
    void clear();

    /** Returns how many records of each partition are read at first; null for all. */
    @Nullable
    Long tail();

    /** Returns the key as text; empty if there is none. */
    static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    }
}
