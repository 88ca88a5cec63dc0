package dev.segue.runtime;

import dev.segue.definition.DefinitionText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of definitions in a directory: every {@code .yaml} and {@code .yml} in it, in order of name. */
final class SegmentFiles {
    private SegmentFiles() {}

    /** @throws InvalidSettings where there is no such directory or no file in it */
    static List<DefinitionText> read(Path directory) throws InvalidSettings, IOException {
        if (!Files.isDirectory(directory)) {
            throw new InvalidSettings(List.of(
                    "There is no directory '" + directory + "' with segments; say where it is under 'segments'."));
        }
        List<DefinitionText> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(SegmentFiles::isDefinition).sorted().toList()) {
                texts.add(DefinitionText.decode(file.toString(), Files.readAllBytes(file)));
            }
        }
        if (texts.isEmpty()) {
            throw new InvalidSettings(List.of("The directory '" + directory + "' holds no segment (*.yaml)."));
        }
        return texts;
    }

    private static boolean isDefinition(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }
}
