// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.config.DeliverySettings;
import dev.segue.config.DeliveryTarget.Mail;
import dev.segue.config.DeliveryTarget.Webhook;
import dev.segue.config.EndpointSettings;
import dev.segue.config.Settings;
import dev.segue.delivery.payload.Payload;
import dev.segue.delivery.payload.TextTemplate;
import dev.segue.event.TriggerDecision;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.runtime.settings.SettingsReader;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/delivery.md and docs/operations.md say of delivery is so. */
class DeliveryDocTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Object> PAYLOAD = new LinkedHashMap<>();

    static {
        PAYLOAD.put("email", "ann@example.com");
        PAYLOAD.put("name", "Tent");
        PAYLOAD.put("price", 249.0);
    }

    private static final TriggerDecision SEND =
            Decisions.send("ann", "a-1").with(PAYLOAD).decision();

    private static String page(String name) throws IOException {
        return Files.readString(Path.of("docs", name));
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page("delivery.md"))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static String bodyShown() throws IOException {
        return blocks("json").get(0);
    }

    /** The endpoint of a settings example; the files that it names are in the directory. */
    private static EndpointSettings endpoint(int example, Path directory) throws Exception {
        Files.writeString(directory.resolve("push-token"), "t0ken\n");
        Files.writeString(directory.resolve("smtp-password"), "passw0rd\n");
        String yaml = blocks("yaml").get(example).replace("${file:", "${file:" + directory + "/");
        List<EndpointSettings> read =
                SettingsReader.read("segue.yaml", yaml, name -> null).delivery().endpoints();
        assertThat(read).hasSize(1);
        return read.get(0);
    }

    @Test
    void bodyShownIsSent() throws Exception {
        assertThat(JSON.readTree(Payload.read(Payload.STANDARD).of(SEND))).isEqualTo(JSON.readTree(bodyShown()));
    }

    @Test
    void firstEndpointShownIsValid(@TempDir Path directory) throws Exception {
        EndpointSettings crm = endpoint(0, directory);
        assertThat(crm.takes(SEND)).isTrue();
        assertThat(crm.takes(Decisions.send("ann", "a-1").on("sms").decision())).isFalse();
        assertThat(((Webhook) crm.target()).secrets()).hasSize(1);
    }

    @Test
    void commandShownMakesSecret(@TempDir Path directory) throws Exception {
        String command = blocks("sh").get(0);
        Process shell;
        try {
            shell = new ProcessBuilder("sh", "-c", "openssl version && " + command)
                    .directory(directory.toFile())
                    .start();
        } catch (IOException absent) {
            assumeThat(false).as("there is no sh here").isTrue();
            return;
        }
        assertThat(shell.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assumeThat(shell.exitValue()).as("openssl is not here").isZero();
        String secret = Files.readString(directory.resolve("crm.key"));
        assertThat(WebhookSecret.read(secret).toString()).doesNotContain(secret.strip());
    }

    @Test
    void dryRunPrintsLineShown() throws Exception {
        String shown = blocks("json").get(1).strip();
        Webhook webhook = new Webhook(
                URI.create("https://crm.example/hooks/segue"),
                List.of(),
                Map.of("Authorization", "Bearer t0ken"),
                DeliveryStage.standard(),
                null,
                false);
        try (WebhookCourier courier = WebhookCourier.open(
                DeliveryStage.endpoint("crm", webhook.url()),
                webhook,
                List.of(WebhookSecret.read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
                Payload.read("standard"),
                null,
                () -> Decisions.AT)) {
            String line = DryRun.line("crm", courier, SEND, "a-1")
                    .replaceAll("v1,[A-Za-z0-9+/=]+", "SIGNATURE")
                    .replaceAll("\"body\":\".*\"}$", "\"body\":\"BODY\"}");
            assertThat(line).isEqualTo(shown);
        }
    }

    @Test
    void ownPayloadShownBecomesBodyShown(@TempDir Path directory) throws Exception {
        Webhook app = (Webhook) endpoint(1, directory).target();
        assertThat(app.headers()).containsEntry("Authorization", "Bearer t0ken");
        String body = Payload.read(app.payload().word().text()).of(SEND);
        assertThat(JSON.readTree(body)).isEqualTo(JSON.readTree(blocks("json").get(2)));
    }

    @Test
    void mailShownIsWritten(@TempDir Path directory) throws Exception {
        Mail mail = (Mail) endpoint(2, directory).target();
        assertThat(TextTemplate.read(mail.to().word().text()).of(SEND)).isEqualTo("ann@example.com");
        assertThat(TextTemplate.read(mail.subject().word().text()).of(SEND)).isEqualTo("Still there: Tent");
        assertThat(TextTemplate.read(mail.body().word().text()).of(SEND))
                .isEqualTo("Hello,\nyour Tent for 249.0 EUR is still in your cart.\n");
    }

    @Test
    void scheduleIsThatOfPage() throws Exception {
        Matcher shown = Pattern.compile("at once, then after (.*?), each up to", Pattern.DOTALL)
                .matcher(page("delivery.md"));
        assertThat(shown.find()).isTrue();
        List<Duration> pauses = new ArrayList<>();
        Pattern.compile("([0-9]+) (s|min|h)\\b")
                .matcher(shown.group(1))
                .results()
                .forEach(pause -> {
                    long count = Long.parseLong(pause.group(1));
                    pauses.add(
                            switch (pause.group(2)) {
                                case "s" -> Duration.ofSeconds(count);
                                case "min" -> Duration.ofMinutes(count);
                                default -> Duration.ofHours(count);
                            });
                });
        assertThat(pauses).isEqualTo(DeliverySettings.defaults().retries());
    }

    @Test
    void readyPayloadsAreListed() throws Exception {
        assertThat(Payload.READY)
                .allSatisfy(name -> assertThat(page("delivery.md")).contains("| `" + name + "` |"));
    }

    /** All of them at once, each with its place, and none with a secret. */
    @Test
    void filesAndTemplatesAreCheckedAtStart(@TempDir Path directory) throws Exception {
        Path secret = Files.writeString(directory.resolve("short.key"), "whsec_c2VjcmV0");
        Path template = Files.writeString(directory.resolve("body.cel"), "{\n  'a': decision.nobody\n}");
        Settings settings = SettingsReader.read("segue.yaml", """
                delivery:
                  endpoints:
                    crm:
                      kind: webhook
                      channels: email
                      url: https://crm.example
                      secrets: [%s, absent.key]
                      payload_file: %s
                      ca_file: %s
                    app: {kind: webhook, channels: email, url: 'https://app.example', payload: klavijo-event}
                    mail:
                      kind: smtp
                      channels: email
                      host: smtp.example
                      from: shop@example.com
                      subject: "Hello {{decision.custmer_id}}"
                      body: Hello
                """.formatted(secret, template, secret), name -> null);
        List<String> problems = new ArrayList<>();
        try {
            Couriers.open(settings, () -> Decisions.AT);
        } catch (InvalidSettings invalid) {
            problems.addAll(invalid.problems());
        }
        assertThat(problems)
                .containsExactly(
                        "segue.yaml:7:17: delivery.endpoints.crm.secrets: the secret in '" + secret
                                + "' must hold 24 to 64 bytes in Base64 behind whsec_",
                        "segue.yaml:7:" + (19 + secret.toString().length())
                                + ": delivery.endpoints.crm.secrets: the file 'absent.key' does not exist",
                        "segue.yaml:9:16: delivery.endpoints.crm.ca_file: the file '" + secret
                                + "' holds no certificate in PEM",
                        template + ":2:16: undefined field 'nobody'.",
                        "segue.yaml:10:80: delivery.endpoints.app.payload, line 1, column 1: 'klavijo-event' is not one of"
                                + " customer-io-event, klaviyo-event, meta-custom-audience, standard, nor a map such as {'id':"
                                + " decision.activation_id}. Did you mean 'klaviyo-event'?",
                        "segue.yaml:16:16: delivery.endpoints.mail.subject, line 1, column 17: undefined field"
                                + " 'custmer_id'. Did you mean 'customer_id'?");
    }

    @Test
    void tableListsExactlyTheExistingMetrics() throws Exception {
        TreeSet<String> documented = new TreeSet<>();
        page("operations.md")
                .lines()
                .filter(line -> line.startsWith("| `segue_delivery_"))
                .forEach(line -> Pattern.compile("`(segue_delivery_[a-z_]+)`")
                        .matcher(line.substring(0, line.indexOf('|', 1)))
                        .results()
                        .forEach(name -> documented.add(name.group(1))));
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        DeliveryMeters unused = new DeliveryMeters(registry, "crm");
        NamingConvention naming = registry.config().namingConvention();
        TreeSet<String> existing = new TreeSet<>();
        for (Meter meter : registry.getMeters()) {
            Meter.Id id = meter.getId();
            String name = naming.name(id.getName(), id.getType(), id.getBaseUnit());
            existing.add(id.getType() == Meter.Type.COUNTER ? name.replaceFirst("(_total)?$", "_total") : name);
        }
        assertThat(documented).isEqualTo(existing);
    }
}
