// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    private static final long LONG_AGO = 1_500_000_000_000L;

    @Test
    void keepsOldRecordsAcrossRestart(@TempDir Path directory) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, directory)) {
            createTopic(broker, "kept");
            send(broker, "kept", "ann");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, directory)) {
            assertThat(keys(broker, "kept")).containsExactly("ann");
        }
        assertThat(directory).exists();
    }

    @Test
    void deletesTemporaryDirectoryAndClosesTwice() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start();
        Path directory = broker.dataDirectory();
        assertThat(directory).exists();
        broker.close();
        broker.close();
        assertThat(directory).doesNotExist();
    }

    @Test
    void reportsPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedBroker.start(taken.getLocalPort(), null))
                    .isInstanceOf(BrokerNotStarted.class)
                    .hasMessage("port " + taken.getLocalPort()
                            + " of 127.0.0.1 is in use; choose another with --port, or omit --port");
        }
    }

    @Test
    void reportsDataDirectoryInUse(@TempDir Path directory) throws Exception {
        try (EmbeddedBroker first = EmbeddedBroker.start(0, directory)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(0, directory))
                    .isInstanceOf(BrokerNotStarted.class)
                    .hasMessageContaining(directory + " is in use by another broker");
            createTopic(first, "still-alive");
        }
    }

    private static void createTopic(EmbeddedBroker broker, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static void send(EmbeddedBroker broker, String topic, String key) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, LONG_AGO, key, "value"))
                    .get();
        }
    }

    private static List<String> keys(EmbeddedBroker broker, String topic) {
        Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<String> keys = new ArrayList<>();
            consumer.poll(Duration.ofSeconds(20)).forEach(polled -> keys.add(polled.key()));
            return keys;
        }
    }
}
