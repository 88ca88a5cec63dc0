// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.config.CollectorSettings;
import dev.segue.config.Settings;
import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.event.Event;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.operate.Redrive;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.topology.DeadLetter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The collector with a real broker. */
class CollectorIT {
    private static final String BAD =
            "{\"batch\": [{\"type\": \"track\", \"event\": \"Order Completed\", \"messageId\": \"m1\","
                    + " \"userId\": \"ann\", \"timestamp\": \"2026-03-01T12:00:00Z\","
                    + " \"properties\": {\"order_id\": \"o1\", \"total\": \"1.234\"}}], \"sentAt\": \"2026-03-01T12:00:00Z\"}";

    private static EmbeddedBroker broker;

    @TempDir
    Path directory;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static int post(Collector collector, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(collector.address() + path + "?writeKey=" + BrokerCollector.KEY))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void correctedMappingRedrivesMessages() throws Exception {
        try (BrokerCollector stage = new BrokerCollector(broker.bootstrapServers(), "redrive", directory)) {
            assertThat(post(stage.collector, "/v1/batch", BAD)).isEqualTo(200);
            assertThat(stage.events()).isEmpty();
            DeadLetter letter = DeadLetter.read(
                            stage.records("redrive.dead-letters").get(0))
                    .orElseThrow();
            assertThat(letter.reason()).isEqualTo("wrong-type");
            assertThat(letter.sender()).hasValue("test");
            assertThat(redrive(stage.settings, false).stillBad()).containsEntry("wrong-type", 1L);

            Path mapping = Files.writeString(
                    directory.resolve("mapping.yaml"),
                    Files.readString(Path.of("mappings", "segment.yaml")).replace("decimal: either", "decimal: '.'"));
            Settings corrected =
                    stage.settings.withCollector(stage.settings.collector().withMapping(mapping));
            assertThat(redrive(corrected, true).sent()).isEqualTo(1);
            assertThat(stage.events()).isEmpty();
            assertThat(redrive(corrected, false).sent()).isEqualTo(1);
            Event event = stage.events().get(0);
            assertThat(event.customerId()).isEqualTo("ann");
            assertThat(event.eventId()).isEqualTo("m1");
            assertThat(event.fields().get("total")).hasToString("1.2340");
            assertThat(event.time()).isEqualTo(letter.timestamp());
            assertThat(redrive(corrected, false).before()).isEqualTo(1);
            assertThat(stage.events()).hasSize(1);
        }
    }

    private static Redrive.Result redrive(Settings settings, boolean rehearsal) throws Exception {
        return Redrive.run(settings, null, null, rehearsal, new CollectedLetters(settings));
    }

    @Test
    void eventsOfCustomerAreInOrder() throws Exception {
        try (BrokerCollector stage = new BrokerCollector(broker.bootstrapServers(), "order", directory)) {
            StringBuilder messages = new StringBuilder();
            for (int number = 0; number < 500; number++) {
                messages.append(number == 0 ? "" : ",")
                        .append("{\"type\":\"page\",\"messageId\":\"%d\",\"userId\":\"c%d\"}"
                                .formatted(number, number % 7));
            }
            assertThat(post(stage.collector, "/v1/batch", "{\"batch\":[" + messages + "]}"))
                    .isEqualTo(200);
            List<Event> events = stage.events();
            assertThat(events).hasSize(500);
            for (int customer = 0; customer < 7; customer++) {
                String id = "c" + customer;
                assertThat(events.stream()
                                .filter(event -> event.customerId().equals(id))
                                .map(event -> Integer.parseInt(event.eventId())))
                        .isSorted();
            }
        }
    }

    @Test
    void startNeedsKeysTopicsAndPort() throws Exception {
        Settings settings = Settings.defaults().withBootstrapServers(broker.bootstrapServers());
        assertThatThrownBy(() -> Collector.open(settings, Clock.systemUTC(), new SimpleMeterRegistry()))
                .isInstanceOf(InvalidSettings.class)
                .hasMessage("The collector has no write key: add one under 'collector.keys'.");
        try (BrokerCollector stage = new BrokerCollector(broker.bootstrapServers(), "start", directory)) {
            CollectorSettings taken = stage.settings
                    .collector()
                    .withPort(stage.collector.address().getPort());
            assertThatThrownBy(() -> Collector.open(
                            stage.settings.withCollector(taken), Clock.systemUTC(), new SimpleMeterRegistry()))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Set another port under 'collector.port'; 0 takes a free one.");
            Settings nowhere = stage.settings.withTopics(Settings.defaults().topics());
            assertThatThrownBy(() -> Collector.open(nowhere, Clock.systemUTC(), new SimpleMeterRegistry()))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("There is no topic behavior-events");
        }
    }
}
