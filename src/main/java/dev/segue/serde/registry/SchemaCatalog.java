// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

import dev.segue.event.Shown;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/**
 * The schemas of a directory registry as text, by subject and version: what a registry server answers from. Methods throw
 * {@link RegistryException.Unreachable} if the directory cannot be read or written.
 */
public final class SchemaCatalog {
    private static final int LONGEST_MESSAGE = 300;

    private final DirectorySchemaRegistry registry;

    public SchemaCatalog(DirectorySchemaRegistry registry) {
        this.registry = registry;
    }

    public List<String> subjects() {
        return registry.subjects();
    }

    /** All versions of a subject, the oldest first; empty if the subject is unknown. */
    public List<SubjectVersion> versions(String subject) {
        return registry.versions(subject);
    }

    /** Every subject's version that has this schema. */
    public List<SubjectVersion> versionsOf(int id) {
        return subjects().stream()
                .flatMap(subject -> versions(subject).stream())
                .filter(version -> version.id() == id)
                .toList();
    }

    /** The schema of an id. */
    public Optional<String> schema(int id) {
        try {
            return Optional.of(registry.byId(id).toString());
        } catch (RegistryException.NotFound none) {
            return Optional.empty();
        }
    }

    /**
     * Registers a schema as the subject's latest, unless the subject already has it.
     *
     * @throws RegistryException.Unusable if the text is not an Avro schema
     * @throws RegistryException.Refused if the schema cannot read records of the subject's latest one
     */
    public SubjectVersion register(String subject, String text) {
        int id = registry.register(subject, parse(text));
        return versions(subject).stream()
                .filter(version -> version.id() == id)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Finds the version of a subject that has this schema, however the text is formatted.
     *
     * @throws RegistryException.Unusable if the text is not an Avro schema
     */
    public Optional<SubjectVersion> find(String subject, String text) {
        String schema = parse(text).toString();
        return versions(subject).stream()
                .filter(version -> version.schema().equals(schema))
                .findFirst();
    }

    /**
     * Whether a schema can read records of a version of the subject; true for a subject without versions.
     *
     * @param number of the version; empty for the latest
     * @throws RegistryException.Unusable if the text is not an Avro schema
     */
    public boolean isCompatible(String subject, OptionalInt number, String text) {
        Schema newer = parse(text);
        return versions(subject).stream()
                .filter(version -> number.isEmpty() || version.version() == number.getAsInt())
                .reduce((earlier, later) -> later)
                .map(version -> DirectorySchemaRegistry.canRead(newer, registry.byId(version.id())))
                .orElse(true);
    }

    private static Schema parse(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (RuntimeException notASchema) {
            // Avro reports invalid schemas with arbitrary exceptions.
            throw new RegistryException.Unusable(Shown.value(String.valueOf(notASchema.getMessage()), LONGEST_MESSAGE));
        } catch (StackOverflowError tooDeep) {
            throw new RegistryException.Unusable("the schema is nested too deeply");
        }
    }
}
