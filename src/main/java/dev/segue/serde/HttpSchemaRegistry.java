package dev.segue.serde;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.config.RegistrySettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Speaks Confluent's REST API, as Confluent Schema Registry, Apicurio ({@code /apis/ccompat/v7}), Karapace and Redpanda
 * serve it. What is registered or found is remembered for ever, because an id never changes its schema; what is unknown
 * is remembered for {@link RegistrySettings#forgetUnknownAfter()}, so that a flood of foreign records is no flood of
 * requests.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {
    /** A registry that answers anything must not fill memory. */
    private static final int MOST_REMEMBERED = 10_000;

    private final RegistryClient client;
    private final Duration forgetUnknownAfter;
    private final LongSupplier nanoTime;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Integer, Long> unknownSince = new ConcurrentHashMap<>();
    private final Map<Registration, Integer> registered = new ConcurrentHashMap<>();

    public HttpSchemaRegistry(RegistrySettings settings) {
        this(settings, new RegistryClient.Sleep(), System::nanoTime);
    }

    HttpSchemaRegistry(RegistrySettings settings, RegistryClient.Pause pause, LongSupplier nanoTime) {
        this.client = new RegistryClient(settings, pause);
        this.forgetUnknownAfter = settings.forgetUnknownAfter();
        this.nanoTime = nanoTime;
    }

    @Override
    public int register(String subject, Schema schema) {
        Registration registration = new Registration(subject, schema.toString());
        Integer known = registered.get(registration);
        if (known != null) {
            return known;
        }
        int id = client.post("/subjects/" + encode(subject) + "/versions", registration.text(), HttpSchemaRegistry::id);
        remember(registered, registration, id);
        return id;
    }

    @Override
    public Schema byId(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        Long since = unknownSince.get(id);
        if (since != null && nanoTime.getAsLong() - since < forgetUnknownAfter.toNanos()) {
            throw new RegistryException.NotFound("the registry did not know schema id " + id + " a moment ago");
        }
        try {
            Schema schema = client.get("/schemas/ids/" + id, HttpSchemaRegistry::schema);
            remember(schemas, id, schema);
            unknownSince.remove(id);
            return schema;
        } catch (RegistryException.NotFound unknown) {
            remember(unknownSince, id, nanoTime.getAsLong());
            throw unknown;
        }
    }

    @Override
    public RegisteredSchema latest(String subject) {
        return client.get(
                "/subjects/" + encode(subject) + "/versions/latest",
                answer -> new RegisteredSchema(id(answer), schema(answer)));
    }

    @Override
    public void stop() {
        client.stop();
    }

    private static <K, V> void remember(Map<K, V> memory, K key, V value) {
        if (memory.size() >= MOST_REMEMBERED) {
            memory.clear();
        }
        memory.put(key, value);
    }

    private static int id(JsonNode answer) throws RegistryClient.Nonsense {
        JsonNode id = answer.path("id");
        if (!id.canConvertToInt() || !id.isIntegralNumber()) {
            throw new RegistryClient.Nonsense("it has no id");
        }
        return id.intValue();
    }

    private static Schema schema(JsonNode answer) throws RegistryClient.Nonsense {
        // Confluent leaves the type out where it is Avro.
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new RegistryException.NotFound("the schema is of type " + Shown.value(type) + ", not Avro");
        }
        try {
            return new Schema.Parser().parse(answer.path("schema").asText());
        } catch (AvroRuntimeException notASchema) {
            throw new RegistryClient.Nonsense("its schema is not an Avro schema");
        }
    }

    private static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private record Registration(String subject, String text) {}
}
