// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.config.DeliveryTarget.Webhook;
import dev.segue.delivery.payload.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The reference library of Standard Webhooks, from npm, accepts what is sent, under each of two secrets. */
class StandardWebhooksIT {
    private static final Path SOURCES = Path.of("src", "test", "node", "webhooks");
    private static final Path PLACE = Path.of("target", "node-webhooks");
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OLD = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final String OTHER = "whsec_" + "b3Ro".repeat(8);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void referenceLibraryAcceptsSignatures() throws Exception {
        String refusal = install();
        assumeThat(refusal).as(refusal).isEmpty();
        Receiver.Got got = sent();
        assertThat(verify(SECRET, got, got.body())).isEqualTo("valid");
        assertThat(verify(OLD, got, got.body())).isEqualTo("valid");
        assertThat(verify(OTHER, got, got.body())).isEqualTo("No matching signature found");
        assertThat(verify(SECRET, got, got.body() + " ")).isEqualTo("No matching signature found");
    }

    /** The lines of docs/delivery.md, as a program. */
    @Test
    void receiverShownVerifies() throws Exception {
        String refusal = install();
        assumeThat(refusal).as(refusal).isEmpty();
        Receiver.Got got = sent();
        String page = Files.readString(Path.of("docs", "delivery.md"));
        int begin = page.indexOf("```js\n") + "```js\n".length();
        String shown = page.substring(begin, page.indexOf("```", begin));
        Files.writeString(
                PLACE.resolve("receiver.cjs"),
                "process.env.SEGUE_SECRET = '" + SECRET + "';\nconst { headers, body } = JSON.parse(require('fs')"
                        + ".readFileSync(0, 'utf8'));\n" + shown);
        ObjectNode line = JSON.createObjectNode().put("body", got.body());
        line.set("headers", JSON.valueToTree(got.headers()));
        assertThat(run(line.toString(), "node", "receiver.cjs").strip()).isEqualTo("decision.send ann");
    }

    private static Receiver.Got sent() throws Exception {
        try (Receiver receiver = new Receiver()) {
            Webhook webhook = new Webhook(receiver.url(), List.of(), Map.of(), DeliveryStage.standard(), null, false);
            try (WebhookCourier courier = WebhookCourier.open(
                    DeliveryStage.endpoint("crm", receiver.url()),
                    webhook,
                    List.of(WebhookSecret.read(SECRET), WebhookSecret.read(OLD + "\n")),
                    Payload.read("standard"),
                    null,
                    InstantSource.system())) {
                Decisions named = Decisions.send("ann", "a-1").with(Map.of("name", "Zelt für zwei – ★"));
                assertThat(courier.send(named.decision(), "a-1")
                                .get(10, TimeUnit.SECONDS)
                                .result())
                        .isEqualTo(Attempt.Result.DELIVERED);
            }
            return receiver.got().get(0);
        }
    }

    private static String verify(String secret, Receiver.Got got, String body) throws Exception {
        ObjectNode line = JSON.createObjectNode().put("secret", secret).put("body", body);
        line.set("headers", JSON.valueToTree(got.headers()));
        return run(line.toString(), "node", "verify.cjs").strip();
    }

    /** Empty, or why the library is not here. */
    private static String install() throws Exception {
        Files.createDirectories(PLACE);
        for (String file : List.of("package.json", "package-lock.json", "verify.cjs")) {
            Files.copy(SOURCES.resolve(file), PLACE.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        try {
            run("", "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            return "";
        } catch (IOException | AssertionError absent) {
            return "node and the library of npm are not to be had here: " + absent.getMessage();
        }
    }

    private static String run(String input, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(PLACE.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
