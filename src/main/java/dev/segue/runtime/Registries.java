package dev.segue.runtime;

import dev.segue.config.Settings;
import dev.segue.serde.DirectorySchemaRegistry;
import dev.segue.serde.HttpSchemaRegistry;
import dev.segue.serde.SchemaRegistry;

/** The registry that the settings name. */
final class Registries {
    private Registries() {}

    /** For the processor, which look-ups of unknown ids must not hold up. */
    static SchemaRegistry of(Settings settings) {
        return settings.registry() == null
                ? new DirectorySchemaRegistry(settings.registryDirectory())
                : new HttpSchemaRegistry(settings.registry());
    }

    /** For commands that look up every id, however many are unknown. */
    static SchemaRegistry withoutBudget(Settings settings) {
        return settings.registry() == null
                ? new DirectorySchemaRegistry(settings.registryDirectory())
                : HttpSchemaRegistry.withoutBudget(settings.registry());
    }
}
