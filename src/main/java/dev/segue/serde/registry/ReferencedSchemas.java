// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

import dev.segue.event.Shown;
import dev.segue.serde.registry.StoredSchema.Reference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Parses a schema together with the schemas that it refers to, dependencies first. Depth, number and size are bounded,
 * so that a registry cannot fill memory or block a thread for ever.
 */
final class ReferencedSchemas {
    static final int MOST_DEEP = 10;
    static final int MOST = 100;
    static final int MOST_CHARACTERS = 4 * 1024 * 1024;

    private static final int LONGEST_MESSAGE = 300;

    private final Fetch fetch;

    /** Lenient about errors that do not affect reading: names with a hyphen, defaults that do not fit their field. */
    private final Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);

    private final Deque<Reference> path = new ArrayDeque<>();
    private final Set<Reference> parsed = new HashSet<>();
    private final Set<String> texts = new HashSet<>();
    private long characters;

    private ReferencedSchemas(Fetch fetch) {
        this.fetch = fetch;
    }

    /** Fetches one version of a subject. */
    interface Fetch {
        /** @throws RegistryException.NotFound if the registry does not have it */
        StoredSchema get(Reference reference);
    }

    /**
     * The schema with all its references.
     *
     * @throws RegistryException.Unusable if the text is not an Avro schema, or exceeds a bound
     * @throws RegistryException.NotFound if the registry does not have one of the references
     */
    static Schema parse(StoredSchema schema, Fetch fetch) {
        return new ReferencedSchemas(fetch).parse(schema, "its text");
    }

    private Schema parse(StoredSchema schema, String name) {
        characters += schema.text().length();
        if (characters > MOST_CHARACTERS) {
            throw new RegistryException.Unusable(
                    "it has, with its references, more than " + MOST_CHARACTERS + " characters");
        }
        schema.references().forEach(this::include);
        // Identical text under two subjects is one definition; Avro would reject it as a redefinition.
        texts.add(schema.text());
        try {
            return parser.parse(schema.text());
        } catch (RuntimeException notASchema) {
            // Avro reports invalid schemas with arbitrary exceptions.
            throw new RegistryException.Unusable(name + " is not an Avro schema: "
                    + Shown.value(String.valueOf(notASchema.getMessage()), LONGEST_MESSAGE));
        } catch (StackOverflowError tooDeep) {
            throw new RegistryException.Unusable(name + " is nested too deeply");
        }
    }

    private void include(Reference reference) {
        if (path.contains(reference)) {
            throw new RegistryException.Unusable("it refers to " + reference + ", which refers back to itself");
        }
        if (!parsed.add(reference)) {
            return;
        }
        if (parsed.size() > MOST) {
            throw new RegistryException.Unusable("it has more than " + MOST + " references");
        }
        if (path.size() == MOST_DEEP) {
            throw new RegistryException.Unusable("its references are more than " + MOST_DEEP + " deep");
        }
        StoredSchema found = fetched(reference);
        path.push(reference);
        if (!texts.contains(found.text())) {
            parse(found, "the text of " + reference);
        }
        path.pop();
    }

    private StoredSchema fetched(Reference reference) {
        try {
            return fetch.get(reference);
        } catch (RegistryException.NotFound missing) {
            throw new RegistryException.NotFound("it refers to " + reference + ", which the registry does not have");
        } catch (RegistryException.Unusable unusable) {
            throw new RegistryException.Unusable("it refers to " + reference + ": " + unusable.getMessage());
        }
    }
}
