// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.config.SegmentSettings;
import dev.segue.demo.broker.BrokerNotStarted;
import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.demo.view.ShopTime;
import dev.segue.runtime.cluster.CannotStart;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
    private static final Path SEGMENTS = Path.of("segments");
    private static final Duration SHORT = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void keptShopContinues() throws Exception {
        String first = run(settings(7L, directory, 0, SEGMENTS));
        assertThat(first).contains("The simulated shop (seed 7) opens at");
        assertThat(first)
                .containsPattern(
                        "Kafka listens on (\\S+), (?s:.*)\n  SEGUE_BOOTSTRAP_SERVERS=\\1 \\./segue dead-letters\n")
                .contains("and what could not be used in dead-letters.");
        ShopJournal afterFirst = ShopJournal.read(directory).orElseThrow();
        assertThat(afterFirst.events()).isGreaterThan(1000);

        String second = run(settings(null, directory, 0, SEGMENTS));
        assertThat(second).contains("The simulated shop (seed 7) continues at " + ShopTime.write(afterFirst.time()));
        ShopJournal afterSecond = ShopJournal.read(directory).orElseThrow();
        assertThat(afterSecond.time()).isAfter(afterFirst.time());
        assertThat(recordsInTheTopic()).isEqualTo(afterSecond.events());
    }

    @Test
    void refusesOtherSeedForKeptShop() throws Exception {
        new ShopJournal(7, Instant.EPOCH, 0, Instant.EPOCH).write(directory);
        assertThatThrownBy(() -> run(settings(8L, directory, 0, SEGMENTS)))
                .isInstanceOf(CannotStart.class)
                .hasMessage("the data directory " + directory.toAbsolutePath()
                        + " contains a shop with seed 7, not 8; omit --seed, or choose another directory");
    }

    @Test
    void reportsPortInUseInOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> run(settings(7L, null, taken.getLocalPort(), SEGMENTS)))
                    .isInstanceOf(BrokerNotStarted.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " of 127.0.0.1 is in use");
        }
    }

    @Test
    void refusesToStartAndListsEveryErrorOfTheDefinitions() throws Exception {
        Path segments = Files.createDirectory(directory.resolve("segments"));
        Files.writeString(segments.resolve("good.yaml"), "segment: good\nwhen: order_completed.count() > 0\n");
        Files.writeString(segments.resolve("typo.yaml"), "segment: typo\nwhen: order_complete.count() > 0\n");
        Files.writeString(segments.resolve("key.yaml"), "segment: key\nwhenn: order_completed.count() > 0\n");
        Path data = directory.resolve("data");
        assertThatThrownBy(() -> run(settings(7L, data, 0, segments)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("typo.yaml:2")
                .hasMessageContaining("key.yaml:2");
        assertThat(data.resolve("broker")).doesNotExist();
    }

    @Test
    void publishesWhatIsSaved() throws Exception {
        Path segments = Files.createDirectory(directory.resolve("segments"));
        Files.writeString(segments.resolve("viewer.yaml"), "segment: viewer\nwhen: product_viewed.count() > 0\n");
        StringWriter screen = new StringWriter();
        Demo demo = new Demo(settings(7L, null, 0, segments, null), new PrintWriter(screen));
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread running = new Thread(() -> {
            try {
                demo.run();
            } catch (Exception early) {
                failure.set(early);
            }
        });
        running.start();
        await(running, screen, "ENTERED");
        Files.writeString(segments.resolve("adder.yaml"), "segment: adder\nwhen: product_adde.count() > 0\n");
        await(running, screen, "Nothing was published.");
        Files.writeString(segments.resolve("adder.yaml"), "segment: adder\nwhen: product_added.count() > 0\n");
        await(running, screen, "published revision 2: 1 new (adder)");
        await(running, screen, " adder ");
        demo.stop();
        running.join();
        assertThat(failure).hasNullValue();
        assertThat(screen.toString())
                .contains("Save a definition in " + segments + ", and it is published and evaluated at once.")
                .contains("adder.yaml:2:7: ")
                .containsPattern("(?m)^adder +[1-9]\\d* +[1-9]");
    }

    private static void await(Thread running, StringWriter screen, String text) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!screen.toString().contains(text)) {
            assertThat(running.isAlive() && System.nanoTime() < end)
                    .as(text + " in " + screen)
                    .isTrue();
            Thread.sleep(20);
        }
    }

    private static String run(DemoSettings settings) throws Exception {
        StringWriter screen = new StringWriter();
        new Demo(settings, new PrintWriter(screen)).run();
        return screen.toString();
    }

    private static DemoSettings settings(Long seed, Path directory, int port, Path segments) {
        return settings(seed, directory, port, segments, SHORT);
    }

    private static DemoSettings settings(Long seed, Path directory, int port, Path segments, Duration runFor) {
        return new DemoSettings(
                runFor,
                600,
                seed,
                directory,
                port,
                0,
                0,
                0,
                Path.of("schemas"),
                Path.of("mappings", "segment.yaml"),
                SegmentSettings.in(segments),
                100,
                false);
    }

    /** Returns the number of records, and checks that none occurs twice. */
    private long recordsInTheTopic() throws Exception {
        Set<String> places = new HashSet<>();
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, directory.resolve("broker"));
                KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("behavior-events").stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long records = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            while (places.size() < records) {
                for (ConsumerRecord<String, String> polled : consumer.poll(Duration.ofSeconds(10))) {
                    // The value contains event_id; no value may occur twice.
                    assertThat(places.add(polled.key() + polled.value())).isTrue();
                }
            }
            return records;
        }
    }
}
