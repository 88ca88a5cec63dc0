package dev.segue.cli;

import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.event.InvalidSchemas;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which event types there are. */
final class VocabularyOption {
    @Option(
            names = "--vocabulary",
            paramLabel = "DIR",
            description = "Event schemas (*.avsc), one a type. Default: schemas/events here, else the installation's.")
    private @Nullable Path directory;

    /** @throws UserError when the directory is absent or a schema is wrong */
    EventSchemas schemas() {
        return schemas(null);
    }

    /**
     * The same.
     *
     * @param settings the directory where nothing was said; null for the usual one
     */
    EventSchemas schemas(@Nullable Path settings) {
        Path usual = directory == null ? settings : directory;
        Path place = usual == null ? InstalledFiles.find("schemas/events", "--vocabulary") : usual;
        if (!Files.isDirectory(place)) {
            throw new UserError("There is no directory " + place + "; --vocabulary names one with event schemas.");
        }
        try {
            return EventSchemas.read(place);
        } catch (InvalidSchemas invalid) {
            throw new UserError(String.valueOf(invalid.getMessage()));
        }
    }
}
