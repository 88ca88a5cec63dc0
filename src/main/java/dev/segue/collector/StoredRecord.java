// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** A record to be written. */
final class StoredRecord {
    /** What a record takes besides its key and value, in bytes. */
    private static final long OVERHEAD = 200;

    private final String topic;
    private final @Nullable String key;
    private final byte[] value;
    private final long timestamp;
    private final Headers headers;

    /**
     * @param key the customer's id; null only for dead letters without one
     * @param timestamp of the record, in milliseconds since the epoch
     */
    StoredRecord(String topic, @Nullable String key, byte[] value, long timestamp, Headers headers) {
        this.topic = topic;
        this.key = key;
        this.value = value;
        this.timestamp = timestamp;
        this.headers = headers;
    }

    String topic() {
        return topic;
    }

    @Nullable
    String key() {
        return key;
    }

    byte[] value() {
        return value;
    }

    long timestamp() {
        return timestamp;
    }

    Headers headers() {
        return headers;
    }

    /** Its approximate size in memory, in bytes. */
    long size() {
        return value.length + (key == null ? 0 : key.length()) + OVERHEAD;
    }
}
