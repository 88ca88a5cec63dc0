// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import dev.segue.config.Settings;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import dev.segue.serde.registry.HttpSchemaRegistry;
import dev.segue.serde.registry.SchemaRegistry;

/** Opens the registry that the settings name. */
public final class Registries {
    private Registries() {}

    /** For the processor: limits lookups of unknown ids, so that they cannot hold it up. */
    public static SchemaRegistry of(Settings settings) {
        return settings.registry() == null
                ? new DirectorySchemaRegistry(settings.registryDirectory())
                : new HttpSchemaRegistry(settings.registry());
    }

    /** For commands, which look up every id, however many are unknown. */
    public static SchemaRegistry withoutBudget(Settings settings) {
        return settings.registry() == null
                ? new DirectorySchemaRegistry(settings.registryDirectory())
                : HttpSchemaRegistry.withoutBudget(settings.registry());
    }
}
