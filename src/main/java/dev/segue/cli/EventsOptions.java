// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.event.Vocabulary;
import dev.segue.replay.EventFiles;
import dev.segue.replay.EventReader;
import dev.segue.replay.SortWithin;
import dev.segue.replay.file.UnreadableFile;
import dev.segue.replay.mapping.InvalidMapping;
import dev.segue.replay.mapping.Mapping;
import dev.segue.replay.mapping.MappingReader;
import dev.segue.serde.event.Acceptance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for files of events. */
final class EventsOptions {
    @Option(
            names = "--events",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Files of events, plain or gzip: canonical JSON lines (or one array), or the mapping's format."
                            + " Several are merged by time.")
    private List<Path> files = List.of();

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "Mapping from foreign files to events, such as mappings/rees46.yaml. Default: the files are"
                    + " canonical JSON lines.")
    private @Nullable String mapping;

    /** @throws UserError if a file is absent or does not match the mapping, or the mapping is wrong */
    EventReader open(Vocabulary vocabulary, Acceptance acceptance, SortWithin within) {
        Mapping read = mapping == null ? null : read(mapping, vocabulary);
        try {
            return EventFiles.open(files, read, vocabulary, acceptance, within, System.currentTimeMillis());
        } catch (UnreadableFile unreadable) {
            throw new UserError(String.valueOf(unreadable.getMessage()));
        }
    }

    /** The size of all files, in bytes; those that cannot be read count as 0. */
    long bytes() {
        return files.stream().mapToLong(file -> file.toFile().length()).sum();
    }

    private static Mapping read(String name, Vocabulary vocabulary) {
        Path file = InstalledFiles.find(name, "--mapping");
        try {
            return new MappingReader(vocabulary).read(file.toString(), Files.readString(file));
        } catch (InvalidMapping invalid) {
            throw new UserError(String.valueOf(invalid.getMessage()));
        } catch (IOException unreadable) {
            throw new UserError("The mapping " + file + " cannot be read as UTF-8 text: " + unreadable.getMessage());
        }
    }
}
