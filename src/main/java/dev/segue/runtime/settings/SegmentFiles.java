// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.settings;

import dev.segue.definition.DefinitionText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads segment definitions from files and directories. */
public final class SegmentFiles {
    private SegmentFiles() {}

    /**
     * Reads each file once, and all {@code .yaml} and {@code .yml} files of a directory in order of name.
     *
     * @param places at least one
     * @throws InvalidSettings if a place does not exist or cannot be read, or there is no definition at all
     */
    public static List<DefinitionText> read(List<Path> places) throws InvalidSettings {
        List<DefinitionText> texts = readAny(places);
        if (texts.isEmpty()) {
            throw invalid("There is no definition in "
                    + places.stream().map(Path::toString).collect(Collectors.joining(", "))
                    + "; a definition is a file whose name ends in .yaml or .yml.");
        }
        return texts;
    }

    /** As {@link #read}, but definitions may be absent. */
    public static List<DefinitionText> readAny(List<Path> places) throws InvalidSettings {
        List<DefinitionText> texts = new ArrayList<>();
        Set<Path> known = new HashSet<>();
        for (Path place : places) {
            for (Path file : files(place)) {
                if (known.add(file.toAbsolutePath().normalize())) {
                    texts.add(text(file));
                }
            }
        }
        return texts;
    }

    private static List<Path> files(Path place) throws InvalidSettings {
        if (Files.isRegularFile(place)) {
            return List.of(place);
        }
        if (!Files.isDirectory(place)) {
            throw invalid("There is no file or directory " + place + " with definitions; set another place"
                    + " with --segments, or under 'segments.directories' in the settings.");
        }
        try (Stream<Path> entries = Files.list(place)) {
            return entries.filter(SegmentFiles::isDefinition).sorted().toList();
        } catch (IOException failure) {
            throw invalid("The directory " + place + " cannot be listed: " + failure.getMessage());
        }
    }

    private static boolean isDefinition(Path file) {
        String name = file.toString();
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(file);
    }

    private static DefinitionText text(Path file) throws InvalidSettings {
        try {
            return DefinitionText.decode(file.toString(), Files.readAllBytes(file));
        } catch (IOException failure) {
            throw invalid(file + " cannot be read: " + failure.getMessage());
        }
    }

    private static InvalidSettings invalid(String problem) {
        return new InvalidSettings(List.of(problem));
    }
}
