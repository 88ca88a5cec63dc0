// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.config.DeliveryTarget.Webhook;
import dev.segue.config.EndpointSettings;
import dev.segue.config.SendRate;
import dev.segue.delivery.Attempt.Result;
import dev.segue.delivery.Receiver.Reply;
import dev.segue.delivery.payload.Payload;
import dev.segue.event.TriggerDecision;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookCourierTest {
    private static final WebhookSecret SECRET = WebhookSecret.read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final WebhookSecret OLD = WebhookSecret.read("whsec_" + "b2xk".repeat(8));
    private static final TriggerDecision SEND = Decisions.send("ann", "a-1").decision();

    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        receiver.close();
    }

    private Webhook webhook() {
        return new Webhook(
                receiver.url(),
                List.of(),
                Map.of("Authorization", "Bearer s3cret"),
                DeliveryStage.standard(),
                null,
                false);
    }

    private static EndpointSettings endpoint(Webhook webhook, boolean allowPrivate) {
        return new EndpointSettings(
                "crm",
                Set.of("email"),
                Set.of(TriggerDecision.Kind.SEND),
                SendRate.usual(),
                4,
                Duration.ofMillis(500),
                allowPrivate,
                EndpointSettings.Start.EARLIEST,
                webhook);
    }

    private static WebhookCourier courier(Webhook webhook, boolean allowPrivate) throws Exception {
        return WebhookCourier.open(
                endpoint(webhook, allowPrivate),
                webhook,
                List.of(SECRET, OLD),
                Payload.read("standard"),
                null,
                () -> Decisions.AT);
    }

    private static Attempt attempt(Webhook webhook, boolean allowPrivate) throws Exception {
        try (WebhookCourier courier = courier(webhook, allowPrivate)) {
            return courier.send(SEND, "a-1").get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void requestHasStandardHeaders() throws Exception {
        assertThat(attempt(webhook(), true)).isEqualTo(Attempt.delivered("status 200"));
        Receiver.Got got = receiver.got().get(0);
        assertThat(got.path()).isEqualTo("/hooks");
        assertThat(got.id()).isEqualTo("a-1");
        assertThat(got.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("authorization", "Bearer s3cret")
                .containsEntry("webhook-timestamp", "1777629600");
        assertThat(got.headers().get("webhook-signature"))
                .isEqualTo(WebhookSecret.sign(List.of(SECRET, OLD), "a-1", 1_777_629_600, got.body()))
                .matches("v1,\\S+ v1,\\S+");
    }

    /** The example of the specification's own libraries. */
    @Test
    void signatureIsThatOfStandardWebhooks() {
        assertThat(WebhookSecret.sign(
                        List.of(SECRET), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @ParameterizedTest
    @CsvSource({
        "200, DELIVERED", "204, DELIVERED", "299, DELIVERED", "301, FAILED", "307, FAILED", "400, FAILED",
                "401, FAILED",
        "404, FAILED", "408, FAILED", "410, GONE", "422, FAILED", "429, FAILED", "500, FAILED", "503, FAILED"
    })
    void statusDecides(int status, Result result) throws Exception {
        receiver.answer(status);
        Attempt attempt = attempt(webhook(), true);
        assertThat(attempt.result()).isEqualTo(result);
        assertThat(attempt.reason()).startsWith("status " + status);
        assertThat(attempt.retryAfter()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void retryAfterIsHonoured(int status) throws Exception {
        receiver.answer(request -> Reply.of(status).with("Retry-After", "120"));
        assertThat(attempt(webhook(), true).retryAfter()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void retryAfterOfOtherStatusMeansNothing() throws Exception {
        receiver.answer(request -> Reply.of(500).with("Retry-After", "120"));
        assertThat(attempt(webhook(), true).retryAfter()).isNull();
    }

    @Test
    void retryAfterIsSecondsOrDate() {
        Instant now = Instant.parse("2015-10-21T07:27:00Z");
        assertThat(WebhookCourier.retryAfter("Wed, 21 Oct 2015 07:28:00 GMT", now))
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(WebhookCourier.retryAfter("Wed, 21 Oct 2015 07:26:00 GMT", now))
                .isZero();
        assertThat(WebhookCourier.retryAfter("5", now)).isEqualTo(Duration.ofSeconds(5));
        assertThat(WebhookCourier.retryAfter("soon", now)).isNull();
        assertThat(WebhookCourier.retryAfter("-5", now)).isNull();
    }

    @Test
    void hangingReceiverIsFailureAfterTimeout() throws Exception {
        receiver.answer(request -> Reply.of(200).after(Duration.ofSeconds(3)));
        assertThat(attempt(webhook(), true)).isEqualTo(Attempt.failed("no answer within 500ms"));
    }

    @Test
    void closedPortIsFailure() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Webhook nobody = new Webhook(
                URI.create("http://127.0.0.1:" + free), List.of(), Map.of(), DeliveryStage.standard(), null, false);
        assertThat(attempt(nobody, true)).isEqualTo(Attempt.failed("the connection is refused"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"})
    void privateAddressIsNeverConnectedTo(String host) throws Exception {
        Webhook own = new Webhook(
                URI.create("http://" + host + ":" + receiver.url().getPort() + "/hooks"),
                List.of(),
                Map.of(),
                DeliveryStage.standard(),
                null,
                false);
        Attempt attempt = attempt(own, false);
        assertThat(attempt.result()).isEqualTo(Result.FAILED);
        assertThat(attempt.reason()).contains("private address");
        assertThat(receiver.got()).isEmpty();
    }

    @Test
    void redirectIsFollowedOnlyIfAllowed() throws Exception {
        receiver.answer(
                request -> request.path().equals("/hooks") ? Reply.of(308).with("Location", "/moved") : Reply.of(200));
        assertThat(attempt(webhook(), true).result()).isEqualTo(Result.FAILED);
        assertThat(receiver.got()).hasSize(1);

        Webhook following =
                new Webhook(receiver.url(), List.of(), Map.of("X-Key", "s3cret"), DeliveryStage.standard(), null, true);
        assertThat(attempt(following, true).result()).isEqualTo(Result.DELIVERED);
        Receiver.Got last = receiver.got().get(2);
        assertThat(last.path()).isEqualTo("/moved");
        assertThat(last.body()).isEqualTo(receiver.got().get(1).body());
        assertThat(last.headers()).containsEntry("x-key", "s3cret");
    }

    @Test
    void keysStayWithTheirHost() throws Exception {
        try (Receiver other = new Receiver()) {
            receiver.answer(
                    request -> Reply.of(307).with("Location", other.url().toString()));
            Webhook following = new Webhook(
                    receiver.url(), List.of(), Map.of("X-Key", "s3cret"), DeliveryStage.standard(), null, true);
            assertThat(attempt(following, true).result()).isEqualTo(Result.DELIVERED);
            assertThat(other.got().get(0).headers()).doesNotContainKey("x-key").containsKey("webhook-signature");
        }
    }

    @Test
    void redirectsInCirclesEnd() throws Exception {
        receiver.answer(request -> Reply.of(307).with("Location", "/hooks"));
        Webhook following = new Webhook(receiver.url(), List.of(), Map.of(), DeliveryStage.standard(), null, true);
        assertThat(attempt(following, true).reason()).contains("redirect that is not followed");
        assertThat(receiver.got()).hasSize(6);
    }

    @Test
    void previewShowsSignatureButNoSecret() throws Exception {
        try (WebhookCourier courier = courier(webhook(), true)) {
            String shown = courier.preview(SEND, "a-1").toString();
            assertThat(shown).contains("v1,", "a-1", "Authorization=***").doesNotContain("s3cret", "whsec");
        }
        assertThat(webhook().toString() + SECRET).doesNotContain("s3cret", "MfKQ9");
        assertThat(receiver.got()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, does not begin with whsec_",
        "whsec_c2hvcnQ=, must hold 24 to 64 bytes",
        "whsec_!!!!, must hold 24 to 64 bytes"
    })
    void wrongSecretIsRefusedWithoutBeingRepeated(String text, String why) {
        assertThatThrownBy(() -> WebhookSecret.read(text))
                .hasMessageContaining(why)
                .hasNoCause()
                .message()
                .doesNotContain(text.substring(6));
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, true",
        "2606:4700::1, true",
        "10.1.2.3, false",
        "172.16.0.1, false",
        "172.32.0.1, true",
        "192.168.1.1, false",
        "169.254.169.254, false",
        "100.64.0.1, false",
        "100.128.0.1, true",
        "127.9.9.9, false",
        "0.1.2.3, false",
        "224.0.0.1, false",
        "255.255.255.255, false",
        "::1, false",
        "::, false",
        "fe80::1, false",
        "fd00::1, false",
        "fc00::1, false",
        "::ffff:10.0.0.1, false",
        "64:ff9b::a00:1, false",
        "64:ff9b::808:808, true",
        "2002:a00:1::, false",
        "::10.0.0.1, false"
    })
    void addressIsPublicOrNot(String address, boolean isPublic) throws Exception {
        assertThat(PublicAddress.isPublic(InetAddress.getByName(address))).isEqualTo(isPublic);
    }
}
