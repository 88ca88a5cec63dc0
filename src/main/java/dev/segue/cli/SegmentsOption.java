package dev.segue.cli;

import dev.segue.definition.Definition;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
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
        return SegmentFiles.read(paths, vocabulary);
    }

    /**
     * The same together with a further file; it may be one of them.
     *
     * @throws InvalidDefinitions with every problem of all files
     */
    List<Definition> readWith(Path file, Vocabulary vocabulary) throws InvalidDefinitions {
        List<Path> all = new ArrayList<>(paths.isEmpty() ? List.of(Places.find("segments", "--segments")) : paths);
        all.add(file);
        return SegmentFiles.read(all, vocabulary);
    }
}
