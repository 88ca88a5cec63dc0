// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.DeliveryTarget.Mail;
import dev.segue.config.DeliveryTarget.Template;
import dev.segue.config.EndpointSettings;
import dev.segue.config.SendRate;
import dev.segue.config.SourceWord;
import dev.segue.delivery.Attempt.Result;
import dev.segue.delivery.payload.TextTemplate;
import dev.segue.event.TriggerDecision;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailCourierTest {
    private static final Decisions CART = Decisions.send("ann", "a-1")
            .with(Map.of("email", "ann@example.com", "name", "Zelt\r\nBcc: all@example.com"));

    private MailServer server;

    @BeforeEach
    void open() throws Exception {
        server = new MailServer();
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    private MailCourier courier(Mail.Security security, boolean allowPrivate) throws Exception {
        Template none = new Template(new SourceWord("", "", 1, 1, ""), false);
        Mail mail =
                new Mail("127.0.0.1", server.port(), security, null, null, "shop@example.com", none, none, none, null);
        EndpointSettings endpoint = new EndpointSettings(
                "mail",
                Set.of("email"),
                Set.of(TriggerDecision.Kind.SEND),
                SendRate.usual(),
                2,
                Duration.ofSeconds(2),
                allowPrivate,
                EndpointSettings.Start.EARLIEST,
                mail);
        return MailCourier.open(
                endpoint,
                mail,
                new MailCourier.Texts(
                        TextTemplate.read(Mail.TO),
                        TextTemplate.read("Still there: {{decision.payload.name}}"),
                        TextTemplate.read("Grüße an {{decision.customer_id}}")),
                null,
                () -> Decisions.AT);
    }

    private Attempt attempt(Decisions decision) throws Exception {
        try (MailCourier courier = courier(Mail.Security.NONE, true)) {
            return courier.send(decision.decision(), "a-1").get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void sendsMessage() throws Exception {
        assertThat(attempt(CART)).isEqualTo(Attempt.delivered("accepted"));
        assertThat(server.messages()).hasSize(1);
        assertThat(server.messages().get(0))
                .contains(
                        "RCPT TO:<ann@example.com>",
                        "From: shop@example.com",
                        "Message-ID: <a-1@segue>",
                        "Date: Fri, 1 May 2026 10:00:00 GMT",
                        "Subject: Still there: Zelt Bcc: all@example.com\n")
                .doesNotContain("\nBcc:");
    }

    @Test
    void recipientMayBeCalledTo() throws Exception {
        assertThat(attempt(Decisions.send("ann", "a-1").with(Map.of("to", "bob@example.com", "name", "Tent"))))
                .extracting(Attempt::result)
                .isEqualTo(Result.DELIVERED);
        assertThat(server.messages().get(0)).contains("RCPT TO:<bob@example.com>");
    }

    @Test
    void letterWithoutAddressIsImpossible() throws Exception {
        Attempt attempt = attempt(Decisions.send("ann", "a-1").with(Map.of("name", "Tent")));
        assertThat(attempt.result()).isEqualTo(Result.IMPOSSIBLE);
        assertThat(attempt.reason()).contains("email");
        assertThat(attempt(Decisions.send("ann", "a-1").with(Map.of("email", "no address", "name", "Tent"))))
                .isEqualTo(Attempt.impossible("the recipient's address is not one"));
    }

    @Test
    void refusalForGoodIsImpossibleAndForNowIsNot() throws Exception {
        server.answerRecipients("550 no ann@example.com here");
        assertThat(attempt(CART))
                .isEqualTo(Attempt.impossible("the mail server refuses the message for good, with code 550"));
        server.answerRecipients("450 ann@example.com is busy");
        assertThat(attempt(CART))
                .isEqualTo(Attempt.failed("the mail server refuses the message for now, with code 450"));
    }

    @Test
    void serverWithoutTlsGetsNothingByDefault() throws Exception {
        try (MailCourier courier = courier(Mail.Security.STARTTLS, true)) {
            assertThat(courier.send(CART.decision(), "a-1")
                            .get(10, TimeUnit.SECONDS)
                            .result())
                    .isEqualTo(Result.FAILED);
        }
        assertThat(server.messages()).isEmpty();
    }

    @Test
    void privateServerNeedsPermission() throws Exception {
        try (MailCourier courier = courier(Mail.Security.NONE, false)) {
            assertThat(courier.send(CART.decision(), "a-1")
                            .get(10, TimeUnit.SECONDS)
                            .reason())
                    .contains("private address");
        }
        assertThat(server.messages()).isEmpty();
    }

    @Test
    void absentServerIsFailure() throws Exception {
        server.close();
        assertThat(attempt(CART).result()).isEqualTo(Result.FAILED);
    }
}
