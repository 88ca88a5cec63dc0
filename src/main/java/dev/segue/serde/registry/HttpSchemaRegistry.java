// SPDX-License-Identifier: Apache-2.0
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
 * Client for Confluent's REST API, as Confluent Schema Registry, Apicurio ({@code /apis/ccompat/v7}), Karapace and
 * Redpanda serve it.
 *
 * <p>Registered and found schemas are cached for ever, because an id never changes its schema; so are schemas that can
 * never be used. Unknown ids are cached for {@link RegistrySettings#forgetUnknownAfter()}, and at most {@link
 * RegistrySettings#unknownIdsPerSecond()} of them are looked up per second.
 *
 * <p>Before an id counts as unknown or unusable, the client verifies the registry: it must still return a schema that
 * it returned before. Otherwise a registry that starts empty, or a proxy in front of it, would turn good records into
 * dead letters.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {
    /** Bounds the caches, so that a misbehaving registry cannot fill memory. */
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

    /** For callers that do not block a stream: looks up any number of unknown ids. */
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
        // Schemas of Segue's own records, such as ticks, stay readable whatever the budget.
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
            throw new RegistryException.NotFound("the id was not looked up, because more unknown ids arrived than the "
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
            // Prefers an id that Segue registered itself, which is not deleted while Segue runs.
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
     * Decides what an answer without a usable schema means.
     *
     * @throws RegistryException.Unreachable if the registry no longer has a schema that it had before, so it is broken
     * @throws RegistryException.Refused if the registry rejects every request, such as after a change of its password
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
            throw new RegistryException.Unreachable("the schema registry no longer returns schema id " + good
                    + ", which it returned before: " + lost.getMessage());
        }
        return answer instanceof RegistryException.Refused
                ? new RegistryException.NotFound(String.valueOf(answer.getMessage()))
                : answer;
    }

    @Override
    public Registered latest(String subject) {
        String path = "/subjects/" + encode(subject) + "/versions/latest";
        Latest latest = client.get(path, answer -> new Latest(id(answer), StoredSchema.of(answer)));
        touchstone = latest.id();
        return new Registered(latest.id(), parse(latest.schema()));
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
     * The cached result for an id without a usable schema.
     *
     * @param answer the reason; a schema that can never be used stays cached for ever
     * @param since when the registry answered, in nanoseconds of the clock for spans
     */
    private record Useless(RegistryException answer, long since) {
        boolean holds(long now, Duration forgetUnknownAfter) {
            return answer instanceof RegistryException.Unusable || now - since < forgetUnknownAfter.toNanos();
        }
    }
}
