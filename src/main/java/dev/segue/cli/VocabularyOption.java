// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.event.InvalidSchemas;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for the event schemas. */
final class VocabularyOption {
    @Option(
            names = "--vocabulary",
            paramLabel = "DIR",
            description =
                    "Event schemas (*.avsc), one per type. Default: schemas/events here, else the installation's.")
    private @Nullable Path directory;

    /** @throws UserError if the directory is absent or a schema is wrong */
    EventSchemas schemas() {
        return schemas(null);
    }

    /**
     * As {@link #schemas()}.
     *
     * @param settings the directory if the option is absent; null for the usual one
     */
    EventSchemas schemas(@Nullable Path settings) {
        Path usual = directory == null ? settings : directory;
        Path place = usual == null ? InstalledFiles.find("schemas/events", "--vocabulary") : usual;
        if (!Files.isDirectory(place)) {
            throw new UserError(
                    "There is no directory " + place + "; choose one with event schemas with --vocabulary.");
        }
        try {
            return EventSchemas.read(place);
        } catch (InvalidSchemas invalid) {
            throw new UserError(String.valueOf(invalid.getMessage()));
        }
    }
}
