// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.config.DeliverySettings;
import dev.segue.config.DeliveryTarget.Mail;
import dev.segue.config.DeliveryTarget.Webhook;
import dev.segue.config.EndpointSettings;
import dev.segue.config.SendRate;
import dev.segue.config.SourceWord;
import dev.segue.event.TriggerDecision.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliverySettingsReaderTest {
    private static DeliverySettings read(String yaml) throws Exception {
        return SettingsReader.read("segue.yaml", yaml, name -> "s3cret-" + name).delivery();
    }

    private static List<String> problems(String yaml) {
        List<String> problems = new ArrayList<>();
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOfSatisfying(InvalidSettings.class, invalid -> problems.addAll(invalid.problems()));
        assertThat(problems.toString()).doesNotContain("s3cret");
        return problems;
    }

    @Test
    void readsWebhook() throws Exception {
        DeliverySettings delivery = read("""
                delivery:
                  retries: [1s, 2m]
                  endpoints:
                    crm:
                      kind: webhook
                      channels: [email, push]
                      url: https://crm.example/hooks/segue
                      secrets: [secrets/crm.key, secrets/crm-old.key]
                      rate: 600/m
                      decisions: [SEND, HELD_OUT]
                      headers: {Authorization: "Bearer ${TOKEN}"}
                      payload: klaviyo-event
                """);
        assertThat(delivery.retries()).containsExactly(Duration.ofSeconds(1), Duration.ofMinutes(2));
        EndpointSettings crm = delivery.endpoints().get(0);
        assertThat(crm.channels()).containsExactlyInAnyOrder("email", "push");
        assertThat(crm.decisions()).containsExactlyInAnyOrder(Kind.SEND, Kind.HELD_OUT);
        assertThat(crm.rate()).isEqualTo(new SendRate(600, Duration.ofMinutes(1)));
        assertThat(crm.timeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(crm.allowPrivate()).isFalse();
        Webhook webhook = (Webhook) crm.target();
        assertThat(webhook.url()).isEqualTo(URI.create("https://crm.example/hooks/segue"));
        assertThat(webhook.secrets())
                .extracting(SourceWord::text)
                .containsExactly("secrets/crm.key", "secrets/crm-old.key");
        assertThat(webhook.headers()).containsEntry("Authorization", "Bearer s3cret-TOKEN");
        assertThat(webhook.payload().word().text()).isEqualTo("klaviyo-event");
        assertThat(webhook.payload().isFile()).isFalse();
        assertThat(delivery.toString()).doesNotContain("s3cret");
    }

    @Test
    void readsMail() throws Exception {
        EndpointSettings mail = read("""
                delivery:
                  endpoints:
                    mail:
                      kind: smtp
                      channels: email
                      host: smtp.example
                      username: shop
                      password: ${PASSWORD}
                      from: shop@example.com
                      subject: Still in your cart
                      body_file: texts/cart.txt
                """).endpoints().get(0);
        Mail target = (Mail) mail.target();
        assertThat(target.port()).isEqualTo(587);
        assertThat(target.security()).isEqualTo(Mail.Security.STARTTLS);
        assertThat(target.password()).isEqualTo("s3cret-PASSWORD");
        assertThat(target.body().isFile()).isTrue();
        assertThat(target.to().word().text()).isEqualTo(Mail.TO);
        assertThat(mail.toString()).doesNotContain("s3cret");
    }

    @Test
    void scheduleIsThatOfStandardWebhooks() throws Exception {
        DeliverySettings usual = read("application_id: shop");
        assertThat(usual.endpoints()).isEmpty();
        assertThat(usual.retries().stream().reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(Duration.parse("PT75H35M5S"));
    }

    @Test
    void reportsAllProblemsAtOnceWithPlaces() {
        assertThat(problems("""
                delivery:
                  retries: [5s, soon]
                  waiting_mib: 0
                  endpoints:
                    crm:
                      kind: webhook
                      url: http://crm.example
                      rate: fast
                      decisions: [SENT]
                      timeout: 1ms
                      headers: {webhook-id: x}
                      topic: x
                    Mail: {kind: smtp, channels: email}
                    other: {channels: email}
                    third: {kind: webhook, channels: email, url: 'https://ann:s3cret@crm.example'}
                """))
                .containsExactly(
                        "segue.yaml:2:3: delivery.retries holds a wrong pause: 'soon' is not a duration. Write a whole number"
                                + " and one unit of ms, s, m, h, d, w, such as '30m'.",
                        "segue.yaml:3:16: delivery.waiting_mib must be from 1 to 4096, not 0",
                        "segue.yaml:5:5: delivery.endpoints.crm.channels must name at least one channel",
                        "segue.yaml:7:12: delivery.endpoints.crm.url must begin with https://; plain HTTP needs"
                                + " allow_private: true",
                        "segue.yaml:8:13: 'delivery.endpoints.crm.rate': 'fast' is not a rate such as 50/s, 600/m or"
                                + " 1000/h",
                        "segue.yaml:9:7: delivery.endpoints.crm.decisions holds an unknown kind: 'SENT' is not one of"
                                + " CANCELLED, CAPPED, EXPIRED, GOAL, HELD_OUT, NO_CONSENT, NO_GOAL, OUTRANKED, QUIET, SEND,"
                                + " WAITING. Did you mean 'SEND'?",
                        "segue.yaml:10:16: delivery.endpoints.crm.timeout must be from 100ms to 5m, not 1ms",
                        "segue.yaml:11:29: delivery.endpoints.crm.headers.webhook-id is set by Segue; remove it",
                        "segue.yaml:12:7: unknown key 'topic'. Known names: allow_private, ca_file, channels, concurrency,"
                                + " decisions, follow_redirects, headers, kind, payload, payload_file, rate, secrets, start,"
                                + " timeout, url.",
                        "segue.yaml:13:5: delivery.endpoints.Mail.host must be an address or a host's name",
                        "segue.yaml:13:5: delivery.endpoints.Mail.from must be an address such as shop@example.com",
                        "segue.yaml:13:5: delivery.endpoints.Mail.subject is missing: write it, or name a file with"
                                + " subject_file",
                        "segue.yaml:13:5: delivery.endpoints.Mail.body is missing: write it, or name a file with body_file",
                        "segue.yaml:13:5: an endpoint's name must have 1 to 64 lower-case letters, digits, dashes or"
                                + " underscores, unlike 'Mail'",
                        "segue.yaml:14:5: delivery.endpoints.other.kind is missing: write webhook or smtp",
                        "segue.yaml:15:50: delivery.endpoints.third.url must not hold a password: use"
                                + " delivery.endpoints.third.headers, with ${file:PATH}");
    }

    @Test
    void plainHttpNeedsPermission() throws Exception {
        assertThat(read("""
                delivery:
                  endpoints:
                    crm: {kind: webhook, channels: email, url: 'http://10.0.0.5/hook', allow_private: true}
                """).endpoints()).hasSize(1);
    }
}
