package dev.segue.serde.output;

import dev.segue.config.TopicNames;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import org.apache.avro.specific.SpecificRecordBase;

/** The schemas of everything that Segue itself writes while it runs. */
public final class OutputSchemas {
    private OutputSchemas() {}

    /**
     * Makes them known to the registry, so that a later encoding needs no registry any more: registries remember what
     * they registered.
     *
     * @throws RegistryException where it is away, or refuses one of them
     */
    public static void register(SchemaRegistry registry, TopicNames topics) {
        register(registry, topics.control(), dev.segue.avro.Control.class);
        register(registry, topics.changes(), dev.segue.avro.SegmentChange.class);
        register(registry, topics.memberships(), dev.segue.avro.Membership.class);
        register(registry, topics.profiles(), dev.segue.avro.CustomerProfile.class);
    }

    private static <T extends SpecificRecordBase> void register(SchemaRegistry registry, String topic, Class<T> type) {
        new OutputFormat<>(registry, topic, type).register();
    }
}
