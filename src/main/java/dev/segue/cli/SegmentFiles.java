package dev.segue.cli;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads definitions from files and directories. */
final class SegmentFiles {
    private SegmentFiles() {}

    /**
     * Reads all definitions together, so that every problem is told at once.
     *
     * @param paths files, or directories whose {@code *.yaml} and {@code *.yml} files are read in order of name; none for
     *     the default, {@code segments}
     * @throws UserError when a path is absent or there is no definition at all
     * @throws InvalidDefinitions with every problem of all files
     */
    static List<Definition> read(List<Path> paths, Vocabulary vocabulary) throws InvalidDefinitions {
        List<Path> named = paths.isEmpty() ? List.of(Places.find("segments", "--segments")) : paths;
        List<DefinitionText> texts = new ArrayList<>();
        for (Path path : named) {
            for (Path file : files(path)) {
                texts.add(text(file));
            }
        }
        if (texts.isEmpty()) {
            throw new UserError(
                    "There is no definition in " + named.get(0) + "; a definition is a file whose name ends in .yaml.");
        }
        return new DefinitionReader(vocabulary).read(texts);
    }

    private static List<Path> files(Path path) {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        if (!Files.isDirectory(path)) {
            throw new UserError("There is no file or directory " + path + " with segment definitions.");
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(SegmentFiles::isYaml).sorted().toList();
        } catch (IOException failure) {
            throw new UserError("The directory " + path + " cannot be listed: " + failure.getMessage());
        }
    }

    private static boolean isYaml(Path file) {
        String name = file.toString();
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(file);
    }

    private static DefinitionText text(Path file) {
        try {
            return DefinitionText.decode(file.toString(), Files.readAllBytes(file));
        } catch (IOException failure) {
            throw new UserError(file + " cannot be read: " + failure.getMessage());
        }
    }
}
