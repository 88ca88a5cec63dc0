// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.ClientSettings;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class EventPublisherTest {
    @Test
    void sendsOneRequestAtATimeIdempotently() {
        assertThat(EventPublisher.producerSettings(new ClientSettings("localhost:9092", Map.of())))
                .containsEntry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092")
                .containsEntry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1)
                .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true")
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all");
    }

    @Test
    void userPropertiesTakePrecedence() {
        Map<String, String> properties = Map.of(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "5");
        assertThat(EventPublisher.producerSettings(new ClientSettings("localhost:9092", properties)))
                .containsEntry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "5");
    }
}
