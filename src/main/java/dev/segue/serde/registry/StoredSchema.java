// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.event.Shown;
import dev.segue.serde.registry.RegistryClient.Nonsense;
import java.util.ArrayList;
import java.util.List;

/**
 * A schema as a registry stores it.
 *
 * @param text Avro's JSON
 * @param references the schemas whose named types the text uses without defining them
 */
record StoredSchema(String text, List<Reference> references) {
    StoredSchema {
        references = List.copyOf(references);
    }

    /** One version of another subject. */
    record Reference(String subject, int version) {
        @Override
        public String toString() {
            return Shown.value(subject) + " version " + version;
        }
    }

    /**
     * Reads a registry's response.
     *
     * @throws Nonsense if the response is not a registry's
     * @throws RegistryException.Unusable if the schema is not Avro
     */
    static StoredSchema of(JsonNode answer) throws Nonsense {
        // Confluent omits the type if it is Avro.
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new RegistryException.Unusable("it is of type " + Shown.value(type) + ", not Avro");
        }
        if (!answer.path("schema").isTextual()) {
            throw new Nonsense("it has no schema");
        }
        List<Reference> references = new ArrayList<>();
        for (JsonNode reference : answer.path("references")) {
            references.add(reference(reference));
        }
        return new StoredSchema(answer.path("schema").textValue(), references);
    }

    private static Reference reference(JsonNode reference) throws Nonsense {
        JsonNode version = reference.path("version");
        if (!reference.path("subject").isTextual() || !version.isIntegralNumber() || !version.canConvertToInt()) {
            throw new Nonsense("it has a reference without subject and version");
        }
        return new Reference(reference.path("subject").textValue(), version.intValue());
    }
}
