// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.event.ProductFacts;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import org.jspecify.annotations.Nullable;

/** Facts of products as a shop sends them, in Confluent's wire format. Safe for several threads. */
public final class ProductFactsEncoder {
    private final OutputFormat<dev.segue.avro.ProductFacts> format;

    /** @param topic the schema is registered under its subject, {@code <topic>-value} */
    public ProductFactsEncoder(SchemaRegistry registry, String topic) {
        this.format = new OutputFormat<>(registry, topic, dev.segue.avro.ProductFacts.class);
    }

    /**
     * Returns the value of a record whose key is the product's id in UTF-8; null if the product was withdrawn.
     *
     * @throws RegistryException if the schema cannot be registered
     */
    public byte @Nullable [] encode(ProductFacts facts) {
        return facts.isWithdrawn() ? null : format.encode(record -> KnownFactsRecord.writeStated(record, facts));
    }
}
