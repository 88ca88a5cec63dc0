// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.console.page.Freshness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthPageTest {
    private static String text(Freshness freshness) throws Exception {
        try (ConsoleStage stage = new ConsoleStage(new MemoryData().fresh(freshness))) {
            ConsoleStage.Got got = stage.get("/health");
            assertThat(got.status()).isEqualTo(200);
            assertThat(stage.get("/health/more").status()).isEqualTo(404);
            return got.body().replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
        }
    }

    @Test
    void saysWhatWasReadAndWhatCouldNotBe() throws Exception {
        long minuteAgo = MemoryData.NOW.minusSeconds(60).toEpochMilli();
        assertThat(text(new Freshness(
                        Duration.ofMillis(100),
                        null,
                        List.of(
                                new Freshness.Topic("segment-memberships", true, true, 1234, 5, minuteAgo, 0, null),
                                new Freshness.Topic("activations", false, false, 0, 0, null, 0, null),
                                new Freshness.Topic(
                                        "segment-changes", true, false, 7, 9, minuteAgo, 2, "partition 3: <b>bad")))))
                .contains("segment-memberships read 1,234 5 1 min ago 0")
                .contains("activations does not exist yet 0 0 – 0")
                .contains(
                        "segment-changes ▲ The first that could not be decoded is at partition 3: &lt;b&gt;bad being read"
                                + " for the first time 7 9 1 min ago 2");
    }

    @Test
    void saysWhyTheClusterCannotBeRead() throws Exception {
        assertThat(text(new Freshness(Duration.ofMinutes(2), "The broker is away.", List.of())))
                .contains("The cluster cannot be read. The broker is away.")
                .contains("Kafka last answered 2 min ago");
    }
}
