// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.delivery.Decisions;
import dev.segue.delivery.Delivery;
import dev.segue.delivery.DeliveryStage;
import dev.segue.delivery.Receiver;
import dev.segue.demo.broker.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of an operator around letters. */
class DeliveriesIT {
    @TempDir
    Path directory;

    private String config = "";

    private CommandRun run(String... command) {
        String[] arguments = Arrays.copyOf(command, command.length + 2);
        arguments[command.length] = "--config";
        arguments[command.length + 1] = config;
        return CommandRun.of(arguments);
    }

    @Test
    void operatorSeesParkedLettersAndSendsThemAgain() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Receiver receiver = new Receiver();
                DeliveryStage stage = new DeliveryStage(
                        broker.bootstrapServers(),
                        "desk",
                        directory,
                        List.of(Duration.ofMillis(10)),
                        DeliveryStage.endpoint("crm", receiver.url()))) {
            settings(stage, receiver);
            stage.decide(Decisions.send("ann", "a-1").at(Instant.now()));

            CommandRun dryRun = run("deliver", "--dry-run");
            assertThat(dryRun.err()).isEqualTo("1 would be sent\n");
            assertThat(dryRun.out()).contains("\"id\":\"a-1\"", "webhook-id");
            assertThat(receiver.got()).isEmpty();
            assertThat(run("deliveries").err()).isEqualTo("no letters wait or are parked\n");

            receiver.answer(400);
            Delivery running = stage.start();
            DeliveryStage.await("it is parked", () -> stage.letters().stream().anyMatch(letter -> letter.parked()));
            CommandRun listed = run("deliveries", "--endpoint", "crm");
            assertThat(listed.code()).isZero();
            assertThat(listed.out())
                    .contains(
                            "\"endpoint\":\"crm\",\"id\":\"a-1\",\"state\":\"parked\"",
                            "\"attempts\":2",
                            "\"customer_id\":\"ann\"");
            assertThat(listed.err()).isEqualTo("1 letter to crm parked: status 400\n");

            assertThat(run("deliveries", "redrive", "crn").errLines())
                    .containsExactly("There is no endpoint 'crn' under delivery.endpoints. Did you mean 'crm'?");
            receiver.answer(200);
            assertThat(run("deliveries", "redrive", "crm").out()).isEqualTo("1 letter is sent again\n");
            DeliveryStage.await("it arrives", () -> receiver.got().size() == 3);
            DeliveryStage.await("nothing is parked", () -> stage.letters().isEmpty());

            receiver.answer(410);
            stage.decide(Decisions.send("ann", "a-2").at(Instant.now()));
            DeliveryStage.await(
                    "it is switched off", () -> run("deliveries").err().contains("crm is switched off"));
            assertThat(run("deliveries", "redrive", "crm").code()).isEqualTo(2);
            assertThat(run("deliveries", "redrive").out())
                    .isEqualTo("0 letters are sent again\ncrm is switched off and gets none\n");
            receiver.answer(200);
            assertThat(run("deliveries", "switch-on", "crm").out())
                    .isEqualTo("crm is switched on. Its parked letters: segue deliveries redrive crm\n");
            DeliveryStage.await("it is on", () -> !run("deliveries").err().contains("switched off"));
            assertThat(run("deliveries", "redrive").out()).isEqualTo("1 letter is sent again\n");
            DeliveryStage.await("all is sent", () -> stage.letters().isEmpty());
            running.close();
        }
    }

    private void settings(DeliveryStage stage, Receiver receiver) throws Exception {
        config = Files.writeString(directory.resolve("segue.yaml"), """
                application_id: desk
                bootstrap_servers: '%s'
                registry: {directory: '%s'}
                topics: {prefix: desk.}
                delivery:
                  endpoints:
                    crm: {kind: webhook, url: '%s', channels: [email], allow_private: true}
                """.formatted(
                                stage.settings.bootstrapServers(), stage.settings.registryDirectory(), receiver.url()))
                .toString();
    }

    @Test
    void settingsWithoutEndpointAreMistake() throws Exception {
        config = Files.writeString(directory.resolve("segue.yaml"), "application_id: desk\n")
                .toString();
        CommandRun run = run("deliver");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("There is no endpoint to deliver to: add one under 'delivery.endpoints'.\n");
    }
}
