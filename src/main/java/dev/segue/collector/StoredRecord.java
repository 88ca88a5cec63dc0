// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record to be written.
 *
 * @param key the customer's id; null only for dead letters without one
 * @param timestamp of the record, in milliseconds since the epoch
 */
record StoredRecord(String topic, @Nullable String key, byte[] value, long timestamp, Headers headers) {
    /** Its approximate size in memory, in bytes. */
    long size() {
        return value.length + (key == null ? 0 : key.length()) + 200L;
    }
}
