package dev.segue.serde.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.config.RegistrySettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Speaks Confluent's REST API, as Confluent Schema Registry, Apicurio ({@code /apis/ccompat/v7}), Karapace and Redpanda
 * serve it.
 *
 * <p>What is registered or found is remembered for ever, because an id never changes its schema; so is a schema that can
 * never be used. What is unknown is remembered for {@link RegistrySettings#forgetUnknownAfter()}, and no more than
 * {@link RegistrySettings#unknownIdsPerSecond()} such ids are looked up.
 *
 * <p>An id is called unknown or unusable only by a registry that is well: right after such an answer it must still give
 * a schema that it gave before. Otherwise a registry that starts empty, or a proxy in front of it, would make good
 * records bad.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {
    /** A registry that answers anything must not fill memory. */
    private static final int MOST_REMEMBERED = 10_000;

    private final RegistryClient client;
    private final Duration forgetUnknownAfter;
    private final LongSupplier nanoTime;
    private final LookupBudget budget;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Integer, Useless> useless = new ConcurrentHashMap<>();
    private final Map<Registration, Integer> registered = new ConcurrentHashMap<>();

    /** An id that the registry is known to have. */
    private volatile @Nullable Integer touchstone;

    public HttpSchemaRegistry(RegistrySettings settings) {
        this(settings, new RegistryClient.Sleep(), System::nanoTime);
    }

    public HttpSchemaRegistry(RegistrySettings settings, RegistryClient.Pause pause, LongSupplier nanoTime) {
        this(settings, pause, nanoTime, settings.unknownIdsPerSecond());
    }

    private HttpSchemaRegistry(
            RegistrySettings settings, RegistryClient.Pause pause, LongSupplier nanoTime, int unknownIdsPerSecond) {
        this.client = new RegistryClient(settings, pause);
        this.forgetUnknownAfter = settings.forgetUnknownAfter();
        this.nanoTime = nanoTime;
        this.budget = new LookupBudget(unknownIdsPerSecond, nanoTime);
    }

    /** For somebody who holds nobody up: unknown ids are looked up however many there are. */
    public static HttpSchemaRegistry withoutBudget(RegistrySettings settings) {
        return new HttpSchemaRegistry(settings, new RegistryClient.Sleep(), System::nanoTime, 0);
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
        // What we write ourselves, such as ticks, we can read whatever the budget says.
        remember(schemas, id, schema);
        touchstone = id;
        return id;
    }

    @Override
    public Schema byId(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        Useless before = useless.get(id);
        if (before != null && before.holds(nanoTime.getAsLong(), forgetUnknownAfter)) {
            throw before.answer();
        }
        if (!budget.allows(id)) {
            throw new RegistryException.NotFound("it was not looked up, because more unknown ids came than the "
                    + budget.perSecond() + " of registry.unknown_ids_per_second");
        }
        return lookUp(id);
    }

    private Schema lookUp(int id) {
        long start = nanoTime.getAsLong();
        try {
            Schema schema = parse(client.get("/schemas/ids/" + id, StoredSchema::of));
            remember(schemas, id, schema);
            useless.remove(id);
            // Rather one of our own, which nobody deletes while we run.
            touchstone = touchstone == null ? Integer.valueOf(id) : touchstone;
            return schema;
        } catch (RegistryException.NotFound | RegistryException.Unusable | RegistryException.Refused answer) {
            RegistryException definite = definite(answer);
            long now = nanoTime.getAsLong();
            remember(useless, id, new Useless(definite, now));
            budget.spend(now - start);
            throw definite;
        }
    }

    /**
     * What is known of an id after an answer without a usable schema.
     *
     * @throws RegistryException.Unreachable where the registry does not have what it had before: it is not well
     * @throws RegistryException.Refused where the registry refuses everything, such as after a change of its password
     */
    private RegistryException definite(RegistryException answer) {
        Integer good = touchstone;
        if (good == null) {
            if (answer instanceof RegistryException.Refused refused) {
                throw refused;
            }
            return answer;
        }
        try {
            StoredSchema unused = client.get("/schemas/ids/" + good, StoredSchema::of);
        } catch (RegistryException.NotFound | RegistryException.Unusable lost) {
            throw new RegistryException.Unreachable("the schema registry does not give schema id " + good
                    + " any more, which it gave before: " + lost.getMessage());
        }
        return answer instanceof RegistryException.Refused
                ? new RegistryException.NotFound(String.valueOf(answer.getMessage()))
                : answer;
    }

    @Override
    public RegisteredSchema latest(String subject) {
        String path = "/subjects/" + encode(subject) + "/versions/latest";
        Latest latest = client.get(path, answer -> new Latest(id(answer), StoredSchema.of(answer)));
        touchstone = latest.id();
        return new RegisteredSchema(latest.id(), parse(latest.schema()));
    }

    private Schema parse(StoredSchema schema) {
        return ReferencedSchemas.parse(
                schema,
                reference -> client.get(
                        "/subjects/" + encode(reference.subject()) + "/versions/" + reference.version(),
                        StoredSchema::of));
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

    private static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private record Registration(String subject, String text) {}

    private record Latest(int id, StoredSchema schema) {}

    /**
     * An id without a usable schema.
     *
     * @param answer why; what can never be used is remembered for ever
     * @param since when the registry said so, in nanoseconds of the clock for spans
     */
    private record Useless(RegistryException answer, long since) {
        boolean holds(long now, Duration forgetUnknownAfter) {
            return answer instanceof RegistryException.Unusable || now - since < forgetUnknownAfter.toNanos();
        }
    }
}
