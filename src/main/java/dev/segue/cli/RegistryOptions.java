// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.config.RegistrySettings;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import dev.segue.serde.registry.HttpSchemaRegistry;
import dev.segue.serde.registry.SchemaRegistry;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options that choose the schema registry. */
final class RegistryOptions {
    @ArgGroup(exclusive = true, multiplicity = "1")
    private Choice choice = new Choice();

    /** Exactly one of these is required. */
    static final class Choice {
        @Option(
                names = "--registry",
                paramLabel = "URL",
                description = "Schema registry with Confluent's REST API, such as http://localhost:8081."
                        + " User and password come from SEGUE_REGISTRY_USER and SEGUE_REGISTRY_PASSWORD.")
        private @Nullable URI url;

        @Option(
                names = "--schemas-dir",
                paramLabel = "DIR",
                description = "Directory that serves as registry on one machine, as printed by 'segue demo'.")
        private @Nullable Path directory;
    }

    /** @throws UserError if the address is invalid */
    SchemaRegistry open() {
        if (choice.directory != null) {
            return new DirectorySchemaRegistry(choice.directory);
        }
        if (choice.url == null) {
            throw new UserError("Name a registry with --registry or --schemas-dir.");
        }
        try {
            RegistrySettings settings = RegistrySettings.of(choice.url);
            String user = System.getenv("SEGUE_REGISTRY_USER");
            String password = System.getenv().getOrDefault("SEGUE_REGISTRY_PASSWORD", "");
            return new HttpSchemaRegistry(user == null ? settings : settings.withCredentials(user, password));
        } catch (IllegalArgumentException wrong) {
            throw new UserError("--registry: " + wrong.getMessage());
        }
    }
}
