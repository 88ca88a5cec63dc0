package dev.segue.replay;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.event.Vocabulary;
import dev.segue.serde.EventSchemas;
import dev.segue.serde.InvalidSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The real traces, which are beside the repository and not part of it, and this repository's mappings for them. */
public final class Traces {
    private Traces() {}

    /** A trace; the test is skipped where it is absent. */
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
}
