package dev.segue.cli;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Vocabulary;
import dev.segue.runtime.InvalidSettings;
import dev.segue.runtime.SegmentFiles;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which definitions hold. */
final class SegmentsOption {
    @Option(
            names = "--segments",
            arity = "1..*",
            paramLabel = "PATH",
            description = "Segment definitions: files or directories. Default: segments here, else the installation's.")
    private List<Path> paths = List.of();

    /** @throws InvalidDefinitions with every problem of all files */
    List<Definition> read(Vocabulary vocabulary) throws InvalidDefinitions {
        return read(paths, vocabulary);
    }

    /**
     * Reads all definitions together, so that every problem is told at once.
     *
     * @param paths files or directories; none for the default, {@code segments}
     * @throws UserError when a path cannot be read or there is no definition at all
     * @throws InvalidDefinitions with every problem of all files
     */
    static List<Definition> read(List<Path> paths, Vocabulary vocabulary) throws InvalidDefinitions {
        List<Path> places = paths.isEmpty() ? List.of(Places.find("segments", "--segments")) : paths;
        try {
            return new DefinitionReader(vocabulary).read(SegmentFiles.read(places));
        } catch (InvalidSettings invalid) {
            throw new UserError(String.join("\n", invalid.problems()));
        }
    }
}
