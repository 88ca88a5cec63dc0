// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Vocabulary;
import dev.segue.serde.event.FieldTypes.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The event schemas of this installation: one {@code .avsc} file per event type. Immutable. */
public final class EventSchemas {
    private final Vocabulary vocabulary;
    private final Map<String, EventSchema> byRecordName = new HashMap<>();
    private final SortedMap<String, EventSchema> byType = new TreeMap<>();

    private EventSchemas(Iterable<EventSchema> schemas) {
        for (EventSchema schema : schemas) {
            byType.put(schema.type().name(), schema);
            byRecordName.put(schema.schema().getFullName(), schema);
            schema.schema().getAliases().forEach(alias -> byRecordName.putIfAbsent(alias, schema));
        }
        vocabulary =
                new Vocabulary(byType.values().stream().map(EventSchema::type).toList());
    }

    /**
     * Reads every {@code .avsc} file of a directory, each on its own.
     *
     * @throws InvalidSchemas with every problem of all files: unreadable files, invalid JSON or Avro, common fields
     *     that are missing or of another type, types that the language cannot read, two files with one name, an empty
     *     directory
     */
    public static EventSchemas read(Path directory) throws InvalidSchemas {
        List<String> problems = new ArrayList<>();
        Map<String, Path> files = new HashMap<>();
        List<EventSchema> schemas = new ArrayList<>();
        for (Path file : list(directory)) {
            try {
                EventSchema schema = readFile(file);
                Path earlier = files.putIfAbsent(schema.type().name(), file);
                if (earlier != null) {
                    throw new Unreadable("event type '" + schema.type().name() + "' is already defined in " + earlier);
                }
                schemas.add(schema);
            } catch (Unreadable problem) {
                problems.add(file + ": " + problem.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSchemas(problems);
        }
        return new EventSchemas(schemas);
    }

    /** The event types that the schemas describe. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /**
     * The Avro schema of an event type.
     *
     * @throws IllegalArgumentException if the type is undefined
     */
    public Schema schema(String type) {
        return get(type).schema();
    }

    public EventSchema get(String type) {
        EventSchema schema = byType.get(type);
        if (schema == null) {
            throw new IllegalArgumentException("there is no schema of event type '" + type + "'");
        }
        return schema;
    }

    /** The schema of an event's type, which must be of this vocabulary. */
    public EventSchema get(Event event) {
        EventSchema schema = get(event.type().name());
        EventType type = schema.type();
        if (event.type() != type && !event.type().record().equals(type.record())) {
            throw new IllegalArgumentException("the event's type '" + type.name() + "' is of another vocabulary");
        }
        return schema;
    }

    /** The schema that matches a writer's record by full name or alias; null if there is none. */
    @Nullable
    EventSchema findRecord(String fullName) {
        return byRecordName.get(fullName);
    }

    List<String> recordNames() {
        return byRecordName.keySet().stream().sorted().toList();
    }

    private static List<Path> list(Path directory) throws InvalidSchemas {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> schemas = files.filter(file -> file.toString().endsWith(".avsc"))
                    .sorted()
                    .toList();
            if (schemas.isEmpty()) {
                throw new InvalidSchemas(
                        List.of(directory + ": no event schemas (*.avsc) found; they define the event types"));
            }
            return schemas;
        } catch (IOException failure) {
            throw new InvalidSchemas(
                    List.of(directory + ": the directory of event schemas cannot be read (" + failure + ")"));
        }
    }

    private static EventSchema readFile(Path file) throws Unreadable {
        try {
            return EventSchema.of(new Schema.Parser().parse(Files.readString(file)));
        } catch (IOException failure) {
            throw new Unreadable("cannot be read (" + failure + ")");
        } catch (AvroRuntimeException failure) {
            throw new Unreadable("not an Avro schema: " + oneLine(failure.getMessage()));
        }
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "no reason given" : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
