// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.util.Locale;

/** How a topic's records are stored and sent to its readers. The broker converts what it receives. */
public enum TopicCompression {
    /** Read by every client. */
    GZIP,
    LZ4,
    SNAPPY,
    ZSTD,
    NONE,
    /** As the producer has compressed them; the broker converts nothing. */
    PRODUCER;

    /** The spelling in settings, such as {@code gzip}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The value of Kafka's topic property {@code compression.type}. */
    public String property() {
        return this == NONE ? "uncompressed" : label();
    }
}
