// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import dev.segue.collector.message.SegmentMapper;
import dev.segue.config.CollectorSettings;
import dev.segue.config.TopicNames;
import dev.segue.config.WriteKey;
import dev.segue.event.Event;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.registry.SchemaRegistry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The collector's port with a storage in memory. */
final class CollectorStage implements AutoCloseable {
    static final String KEY = "web-key-1";
    static final WriteKey WEB =
            new WriteKey("web", KEY, "observed", Set.of("https://shop.example"), WriteKey.USUAL_RATE);
    static final WriteKey SERVER =
            new WriteKey("server", "server-key-1", "partner", Set.of(), WriteKey.USUAL_RATE, true);
    static final WriteKey SLOW = new WriteKey("slow", "slow-key-1", null, Set.of(), 1);
    /** Of all bodies at a time, in bytes. */
    static final long ROOM = 4L * RequestText.LONGEST;

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    final Memory memory = new Memory();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EventSchemas schemas;
    private final Registry registry = new Registry();
    private final CollectorServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    CollectorStage() throws Exception {
        this(Duration.ofSeconds(20), Duration.ofSeconds(10));
    }

    CollectorStage(Duration idle, Duration body) throws Exception {
        schemas = SegmentMapper.SCHEMAS;
        EventEncoder encoder = new EventEncoder(schemas, registry);
        encoder.registerAll();
        CollectorMeters counts = new CollectorMeters(meters);
        Intake intake = new Intake(
                SegmentMapper.MAPPER, encoder, memory, TopicNames.prefixed(""), () -> NOW, System::nanoTime, counts);
        Senders senders = new Senders(List.of(WEB, SERVER, SLOW), System.nanoTime());
        server = CollectorServer.open(
                CollectorSettings.defaults().withPort(0),
                idle,
                watch -> new CollectorHandler(senders, intake, counts, watch, null, body, new BodyRoom(ROOM)),
                System::nanoTime);
    }

    /** Keeps records, or refuses them all. */
    static final class Memory implements Storage {
        final List<StoredRecord> records = Collections.synchronizedList(new ArrayList<>());
        volatile @Nullable String refusal;
        volatile @Nullable Error bug;

        @Override
        public CompletableFuture<Void> store(List<StoredRecord> all) {
            Error thrown = bug;
            if (thrown != null) {
                throw thrown;
            }
            String reason = refusal;
            if (reason != null) {
                return CompletableFuture.failedFuture(RefusedRequest.unavailable(reason));
            }
            records.addAll(all);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
    }

    /** Ids in order of registration. */
    private static final class Registry implements SchemaRegistry {
        private final List<Schema> schemas = new ArrayList<>();

        @Override
        public synchronized int register(String subject, Schema schema) {
            schemas.add(schema);
            return schemas.size();
        }

        @Override
        public synchronized Schema byId(int id) {
            return schemas.get(id - 1);
        }

        @Override
        public Registered latest(String subject) {
            throw new UnsupportedOperationException();
        }
    }

    URI address() {
        return server.address();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.address() + path));
    }

    static String basic(String key) {
        return "Basic " + Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return post(path, body, KEY);
    }

    HttpResponse<String> post(String path, String body, String key, String... headers) throws Exception {
        HttpRequest.Builder request =
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).header("Authorization", basic(key));
        for (int index = 0; index < headers.length; index += 2) {
            request.header(headers[index], headers[index + 1]);
        }
        return send(request);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The events stored so far, decoded. */
    List<Event> events() throws Exception {
        List<Event> events = new ArrayList<>();
        EventDecoder decoder = new EventDecoder(schemas, registry);
        for (StoredRecord record : memory.records) {
            if (record.topic().equals("behavior-events")) {
                events.add(decoder.decode(record.key(), record.value()));
            }
        }
        return events;
    }

    /** The dead letters stored so far. */
    List<StoredRecord> letters() {
        return memory.records.stream()
                .filter(record -> record.topic().equals("dead-letters"))
                .toList();
    }

    /** The sum of a counter over all meters with these tags. */
    double count(String name, String... tags) {
        return meters.find(name).counters().stream()
                .filter(counter -> has(counter, tags))
                .mapToDouble(Counter::count)
                .sum();
    }

    private static boolean has(Counter counter, String... tags) {
        for (int index = 0; index < tags.length; index += 2) {
            if (!counter.getId().getTags().contains(Tag.of(tags[index], tags[index + 1]))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        server.close();
    }
}
