// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Supplies segmenters and their store. */
final class SegmenterSupplier implements ProcessorSupplier<byte[], byte[], byte[], Outgoing> {
    private final SegmenterParts parts;
    private final StoreBuilder<?> customers;

    SegmenterSupplier(SegmenterParts parts, StoreBuilder<?> customers) {
        this.parts = parts;
        this.customers = customers;
    }

    @Override
    public Processor<byte[], byte[], byte[], Outgoing> get() {
        return new Segmenter(parts);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(customers);
    }
}
