// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.config.TopicNames;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import org.apache.avro.specific.SpecificRecordBase;

/** The schemas of all records that Segue writes while it runs. */
public final class OutputSchemas {
    private OutputSchemas() {}

    /**
     * Registers all schemas, so that encoding later needs no registry: clients cache registered ids.
     *
     * @param statistics whether statistics are enabled
     * @throws RegistryException if the registry is unavailable or rejects a schema
     */
    public static void register(SchemaRegistry registry, TopicNames topics, boolean statistics) {
        register(registry, topics.control(), dev.segue.avro.Control.class);
        register(registry, topics.transfers(), dev.segue.avro.Transfer.class);
        register(registry, topics.definitions(), dev.segue.avro.DefinitionRecord.class);
        register(registry, topics.changes(), dev.segue.avro.SegmentChange.class);
        register(registry, topics.activations(), dev.segue.avro.TriggerDecision.class);
        register(registry, topics.memberships(), dev.segue.avro.Membership.class);
        register(registry, topics.profiles(), dev.segue.avro.CustomerProfile.class);
        register(registry, topics.population(), dev.segue.avro.PopulationCounts.class);
        if (statistics) {
            register(registry, topics.statistics(), dev.segue.avro.Statistic.class);
            register(registry, topics.sessions(), dev.segue.avro.CustomerSession.class);
        }
    }

    private static <T extends SpecificRecordBase> void register(SchemaRegistry registry, String topic, Class<T> type) {
        new OutputFormat<>(registry, topic, type).register();
    }
}
