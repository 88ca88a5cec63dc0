// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaCatalog;
import dev.segue.serde.registry.SubjectVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The demo's schemas over the REST API of Confluent's schema registry: paths, error codes and content type. Not served:
 * deletions, references, other kinds of schema than Avro, and other compatibility levels than BACKWARD.
 */
final class RegistryPages implements DemoPages {
    private static final String TYPE = "application/vnd.schemaregistry.v1+json";
    private static final String LEVEL = "BACKWARD";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SchemaCatalog catalog;

    RegistryPages(SchemaCatalog catalog) {
        this.catalog = catalog;
    }

    /** Ends a request with an error. */
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient DemoReply reply;

        Refusal(int status, int code, String message) {
            super(message, null, false, false);
            this.reply = error(status, code, message);
        }
    }

    @Override
    public Optional<DemoReply> reply(DemoRequest request) {
        List<String> path = request.path();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            return switch (path.get(0)) {
                case "subjects" -> Optional.of(subjects(request, path));
                case "schemas" -> Optional.of(schemas(request, path));
                case "config" -> Optional.of(config(request, path));
                case "mode" -> Optional.of(json(Map.of("mode", "READWRITE")));
                case "compatibility" -> Optional.of(compatibility(request, path));
                default -> Optional.empty();
            };
        } catch (Refusal refusal) {
            return Optional.of(refusal.reply);
        } catch (RegistryException.Unusable invalid) {
            return Optional.of(error(422, 42201, "Invalid schema: " + invalid.getMessage()));
        } catch (RegistryException.Refused incompatible) {
            return Optional.of(error(
                    409,
                    409,
                    "Schema being registered is incompatible with an earlier schema: " + incompatible.getMessage()));
        } catch (RegistryException unreachable) {
            return Optional.of(error(500, 50001, "Error in the backend data store: " + unreachable.getMessage()));
        }
    }

    private DemoReply subjects(DemoRequest request, List<String> path) {
        boolean posts = request.method().equals("POST");
        if (path.size() == 1) {
            requireGet(request);
            String prefix = request.parameter("subjectPrefix");
            return json(catalog.subjects().stream()
                    .filter(subject -> subject.startsWith(prefix))
                    .toList());
        }
        String subject = path.get(1);
        if (path.size() == 2) {
            requirePost(request);
            return found(subject, schemaIn(request));
        }
        if (!path.get(2).equals("versions")) {
            throw notFound();
        }
        if (path.size() == 3) {
            return posts ? registered(subject, schemaIn(request)) : numbers(request, subject);
        }
        requireGet(request);
        SubjectVersion version = version(subject, path.get(3));
        if (path.size() == 4) {
            return json(described(version));
        }
        return switch (path.get(4)) {
            case "schema" -> DemoReply.text(200, TYPE, version.schema());
            case "referencedby" -> json(List.of());
            default -> throw notFound();
        };
    }

    private DemoReply numbers(DemoRequest request, String subject) {
        requireGet(request);
        return json(known(subject).stream().map(SubjectVersion::version).toList());
    }

    private DemoReply registered(String subject, String schema) {
        return json(Map.of("id", catalog.register(subject, schema).id()));
    }

    private DemoReply found(String subject, String schema) {
        List<SubjectVersion> unused = known(subject);
        return json(described(
                catalog.find(subject, schema).orElseThrow(() -> new Refusal(404, 40403, "Schema not found"))));
    }

    private DemoReply schemas(DemoRequest request, List<String> path) {
        requireGet(request);
        if (path.size() == 2 && path.get(1).equals("types")) {
            return json(List.of("AVRO"));
        }
        if (path.size() < 3 || !path.get(1).equals("ids")) {
            throw notFound();
        }
        int id = number(path.get(2)).orElseThrow(RegistryPages::notFound);
        String schema = catalog.schema(id).orElseThrow(() -> new Refusal(404, 40403, "Schema " + id + " not found"));
        if (path.size() == 3) {
            return json(Map.of("schema", schema));
        }
        return switch (path.get(3)) {
            case "schema" -> DemoReply.text(200, TYPE, schema);
            case "subjects" ->
                json(catalog.versionsOf(id).stream()
                        .map(SubjectVersion::subject)
                        .distinct()
                        .toList());
            case "versions" ->
                json(catalog.versionsOf(id).stream()
                        .map(version -> Map.of("subject", version.subject(), "version", version.version()))
                        .toList());
            default -> throw notFound();
        };
    }

    /** Every subject has the same level, so it can be read and set to what it is. */
    private static DemoReply config(DemoRequest request, List<String> path) {
        if (path.size() > 2) {
            throw notFound();
        }
        if (request.method().equals("PUT")) {
            String level = body(request).path("compatibility").asText();
            if (!level.equals(LEVEL)) {
                throw new Refusal(422, 42203, "Invalid compatibility level. The demo's registry knows only " + LEVEL);
            }
            return json(Map.of("compatibility", LEVEL));
        }
        requireGet(request);
        return json(Map.of("compatibilityLevel", LEVEL));
    }

    private DemoReply compatibility(DemoRequest request, List<String> path) {
        if (path.size() != 5 || !path.get(1).equals("subjects") || !path.get(3).equals("versions")) {
            throw notFound();
        }
        requirePost(request);
        OptionalInt number = path.get(4).equals("latest")
                ? OptionalInt.empty()
                : OptionalInt.of(version(path.get(2), path.get(4)).version());
        return json(Map.of("is_compatible", catalog.isCompatible(path.get(2), number, schemaIn(request))));
    }

    private SubjectVersion version(String subject, String number) {
        boolean latest = number.equals("latest") || number.equals("-1");
        OptionalInt wanted = latest ? OptionalInt.empty() : number(number);
        if (!latest && wanted.isEmpty()) {
            throw new Refusal(
                    422,
                    42202,
                    "The specified version is not a valid version id. Allowed values are between [1, 2^31-1] and the"
                            + " string \"latest\"");
        }
        return known(subject).stream()
                .filter(version -> latest || version.version() == wanted.getAsInt())
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new Refusal(404, 40402, "Version " + number + " not found."));
    }

    private List<SubjectVersion> known(String subject) {
        List<SubjectVersion> versions = catalog.versions(subject);
        if (versions.isEmpty()) {
            throw new Refusal(404, 40401, "Subject '" + subject + "' not found.");
        }
        return versions;
    }

    private static OptionalInt number(String text) {
        return text.matches("[1-9]\\d{0,9}") && Long.parseLong(text) <= Integer.MAX_VALUE
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }

    private static String schemaIn(DemoRequest request) {
        JsonNode body = body(request);
        String kind = body.path("schemaType").asText("AVRO");
        if (!kind.equals("AVRO") && !body.path("schemaType").isNull()) {
            throw new Refusal(422, 42201, "Invalid schema: the demo's registry keeps only AVRO");
        }
        if (!body.path("references").isEmpty()) {
            throw new Refusal(422, 42201, "Invalid schema: the demo's registry does not resolve references");
        }
        if (!body.path("schema").isTextual()) {
            throw new Refusal(422, 42201, "Invalid schema: the body has no text 'schema'");
        }
        return body.path("schema").textValue();
    }

    private static JsonNode body(DemoRequest request) {
        try {
            return JSON.readTree(request.body());
        } catch (JsonProcessingException malformed) {
            throw new Refusal(400, 400, "HTTP 400 Bad Request: the body is not JSON");
        }
    }

    private static void requireGet(DemoRequest request) {
        require(request, "GET");
    }

    private static void requirePost(DemoRequest request) {
        require(request, "POST");
    }

    private static void require(DemoRequest request, String method) {
        if (!request.method().equals(method)) {
            throw new Refusal(405, 405, "HTTP 405 Method Not Allowed");
        }
    }

    private static Refusal notFound() {
        return new Refusal(404, 404, "HTTP 404 Not Found");
    }

    private static Map<String, Object> described(SubjectVersion version) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("subject", version.subject());
        fields.put("version", version.version());
        fields.put("id", version.id());
        fields.put("schema", version.schema());
        return fields;
    }

    static DemoReply error(int status, int code, String message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("error_code", code);
        fields.put("message", message);
        return json(status, fields);
    }

    private static DemoReply json(Object body) {
        return json(200, body);
    }

    private static DemoReply json(int status, Object body) {
        try {
            return DemoReply.text(status, TYPE, JSON.writeValueAsString(body));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
