// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.event.Event;
import dev.segue.event.Fields;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real server SDKs of Segment and RudderStack, from npm, against the collector and a broker. */
class SdkIT {
    private static final Path SOURCES = Path.of("src", "test", "node");
    private static final Path PLACE = Path.of("target", "node");
    private static final List<String> SDKS = List.of("segment", "rudder");

    private static List<Event> events;
    private static String refusal = "";

    @BeforeAll
    static void sendWithBoth(@TempDir Path directory) throws Exception {
        refusal = install();
        if (!refusal.isEmpty()) {
            return;
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                BrokerCollector stage = new BrokerCollector(broker.bootstrapServers(), "sdk", directory)) {
            run(PLACE, "node", "shop.cjs", stage.collector.address().toString(), BrokerCollector.KEY);
            events = stage.events();
        }
    }

    /** Empty, or why the SDKs are not here. */
    private static String install() throws Exception {
        Files.createDirectories(PLACE);
        for (String file : List.of("package.json", "package-lock.json", "shop.cjs")) {
            Files.copy(SOURCES.resolve(file), PLACE.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        try {
            run(PLACE, "node", "--version");
            run(PLACE, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            return "";
        } catch (IOException | AssertionError absent) {
            return "node and the SDKs of npm are not to be had here: " + absent.getMessage();
        }
    }

    private static void run(Path directory, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue())
                    .as(Arrays.toString(command) + "\n" + output)
                    .isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<Event> of(String customer) {
        return events.stream()
                .filter(event -> event.customerId().equals(customer))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"segment", "rudder"})
    void visitorsEventsAreInOrderUnderAnonymousId(String sdk) {
        assumeThat(refusal).as(refusal).isEmpty();
        List<Event> visitor = of(sdk + "-visitor");
        assertThat(visitor).extracting(event -> event.type().name()).containsExactly("product_viewed", "product_added");
        Fields added = visitor.get(1).fields();
        assertThat(added.get("product_id")).isEqualTo("tent");
        assertThat(added.get("price")).isEqualTo(new BigDecimal("249.0000"));
        assertThat(added.get("quantity")).isEqualTo(1.0);
        assertThat(added.get("anonymous_id")).isEqualTo(sdk + "-visitor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"segment", "rudder"})
    void customersEventsAreUnderUserId(String sdk) {
        assumeThat(refusal).as(refusal).isEmpty();
        List<Event> customer = of(sdk + "-ann");
        assertThat(customer)
                .extracting(event -> event.type().name())
                .containsExactly("customer_identified", "profile_updated", "order_completed");
        assertThat(customer.get(0).fields().get("anonymous_id")).isEqualTo(sdk + "-visitor");
        assertThat(customer.get(1).fields().get("birthday")).isEqualTo("1991-04-05");
        assertThat(customer.get(1).fields().get("origin")).isEqualTo("stated");
        assertThat(String.valueOf(customer.get(1).fields().get("attributes"))).isEqualTo("{plan=gold}");
        assertThat(customer.get(2).fields().get("total")).isEqualTo(new BigDecimal("249.0000"));
        assertThat((List<?>) customer.get(2).fields().get("products")).hasSize(1);
    }

    @Test
    void nothingElseIsStored() {
        assumeThat(refusal).as(refusal).isEmpty();
        assertThat(events).hasSize(5 * SDKS.size());
        assertThat(events).extracting(Event::eventId).doesNotHaveDuplicates();
    }
}
