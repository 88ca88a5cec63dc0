// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Change;
import dev.segue.event.Vocabulary;
import dev.segue.plan.Plan;
import dev.segue.replay.mapping.InvalidMapping;
import dev.segue.replay.mapping.Mapping;
import dev.segue.replay.mapping.MappingReader;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.event.InvalidSchemas;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** The real traces, which are not part of this repository, and this repository's mappings for them. */
public final class Traces {
    private Traces() {}

    /** The file of a trace; the test is skipped if it is absent. */
    public static Path trace(String name) {
        String set = System.getProperty("SEGUE_SHARED", System.getenv().getOrDefault("SEGUE_SHARED", "../shared"));
        Path file = Path.of(set, "data", name);
        assumeTrue(Files.exists(file), () -> "skipped: the real trace " + file + " is not there (set SEGUE_SHARED)");
        return file;
    }

    public static Vocabulary vocabulary() {
        try {
            return EventSchemas.read(Path.of("schemas/events")).vocabulary();
        } catch (InvalidSchemas invalid) {
            throw new AssertionError(invalid);
        }
    }

    static Mapping mapping(String name) {
        String file = "mappings/" + name + ".yaml";
        try {
            return new MappingReader(vocabulary()).read(file, Files.readString(Path.of(file)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InvalidMapping invalid) {
            throw new AssertionError(invalid);
        }
    }

    public static EventReader open(String name, String mapping) {
        return EventFiles.open(List.of(trace(name)), mapping(mapping), vocabulary());
    }

    /** The unconverted rows of a trace's file. */
    static void rows(String name, Consumer<NamedCsvRecord> each) {
        Path file = trace(name);
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder()
                .ofNamedCsvRecord(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            reader.forEach(each);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The changes of some shipped segments on a trace. */
    static List<Change> replay(String name, String mapping, Until until, List<String> segments) {
        try (EventReader reader = open(name, mapping)) {
            return replay(reader, until, segments);
        }
    }

    static List<Change> replay(EventReader reader, Until until, List<String> segments) {
        List<DefinitionText> texts = new ArrayList<>();
        for (String segment : segments) {
            Path file = Path.of("segments", segment + ".yaml");
            try {
                texts.add(new DefinitionText(file.toString(), Files.readString(file)));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        try {
            Plan plan = Plan.compile(new DefinitionReader(vocabulary()).read(texts), vocabulary());
            return new Replay(plan).run(reader, until).changes();
        } catch (InvalidDefinitions invalid) {
            throw new AssertionError(invalid);
        }
    }
}
