// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.delivery.Decisions;
import dev.segue.event.TriggerDecision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TriggerDecision SEND = Decisions.send("ann", "a-1")
            .with(Map.of(
                    "email",
                    " Ann@Example.COM ",
                    "total",
                    19.5,
                    "items",
                    List.of(Map.of("name", "Tent", "quantity", 2L), Map.of("name", "Stove", "quantity", 1L))))
            .decision();

    private static JsonNode body(String payload) throws Exception {
        return JSON.readTree(Payload.read(payload).of(SEND));
    }

    @Test
    void standardPayloadHasTypeTimestampAndData() throws Exception {
        JsonNode body = body("standard");
        assertThat(body.fieldNames()).toIterable().containsExactly("type", "timestamp", "data");
        assertThat(body.get("type").asText()).isEqualTo("decision.send");
        assertThat(body.get("timestamp").asText()).isEqualTo("2026-05-01T10:00:00.000Z");
        assertThat(body.get("data").get("customer_id").asText()).isEqualTo("ann");
        assertThat(body.at("/data/payload/items/0/name").asText()).isEqualTo("Tent");
        assertThat(body.get("data").has("arm")).isFalse();
    }

    @Test
    void ownMapIsWrittenAsJson() throws Exception {
        JsonNode body = body("""
                {'to': decision.customer_id,
                 'lines': decision.payload.items.map(i, i.name + ' x' + string(i.quantity)),
                 'at': decision.decided_at, 'epoch': int(decision.decided_at),
                 'late': decision.expires_at < decision.decided_at,
                 ?'coupon': decision.payload[?'coupon']}""");
        assertThat(body).isEqualTo(JSON.readTree("""
                {"to": "ann", "lines": ["Tent x2", "Stove x1"], "at": "2026-05-01T10:00:00.000Z",
                 "epoch": 1777629600, "late": false}"""));
    }

    @Test
    void klaviyoGetsEventOfProfile() throws Exception {
        JsonNode attributes = body("klaviyo-event").at("/data/attributes");
        assertThat(attributes.get("unique_id").asText()).isEqualTo("a-1");
        assertThat(attributes.at("/metric/data/attributes/name").asText()).isEqualTo("cart-reminder");
        assertThat(attributes.at("/profile/data/attributes/external_id").asText())
                .isEqualTo("ann");
        assertThat(attributes.at("/profile/data/attributes/email").asText()).isEqualTo(" Ann@Example.COM ");
        assertThat(attributes.at("/profile/data/attributes").has("phone_number"))
                .isFalse();
        assertThat(attributes.at("/properties/total").asDouble()).isEqualTo(19.5);
    }

    @Test
    void customerIoGetsEventInSeconds() throws Exception {
        JsonNode body = body("customer-io-event");
        assertThat(body.at("/identifiers/id").asText()).isEqualTo("ann");
        assertThat(body.get("timestamp").asLong()).isEqualTo(1_777_629_600L);
        assertThat(body.at("/attributes/data/items/1/name").asText()).isEqualTo("Stove");
    }

    /** The hash is that of "ann@example.com", by `printf %s ann@example.com | sha256sum`. */
    @Test
    void metaGetsHashOfNormalisedAddress() throws Exception {
        JsonNode payload = body("meta-custom-audience").get("payload");
        assertThat(payload.get("schema").asText()).isEqualTo("EMAIL_SHA256");
        assertThat(payload.get("data")).hasSize(1);
        assertThat(payload.get("data").get(0).asText())
                .isEqualTo("71d4f55f72fa128dfb468a1a3901507c804b74316488744d769d7f4b16696476");
    }

    @Test
    void failingExpressionSaysWhy() throws Exception {
        TriggerDecision bare = Decisions.send("ann", "a-1").decision();
        assertThatThrownBy(() -> Payload.read("meta-custom-audience").of(bare))
                .isInstanceOf(PayloadFailure.class)
                .hasMessageContaining("email");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'a': decision.custmer_id} | 14 | customer_id
            {'a': customer_id}         | 6  | decision.customer_id
            {'a': }                    | 6  | 'a'
            [1, 2]                     | 0  | expected a map
            klavijo-event              | 0  | klaviyo-event
            """)
    void wrongExpressionIsRefusedAtItsPlace(String text, int offset, String hint) {
        assertThatThrownBy(() -> Payload.read(text))
                .isInstanceOfSatisfying(
                        InvalidTemplate.class,
                        invalid -> assertThat(invalid.offset()).isEqualTo(offset));
        if (!hint.equals("'a'")) {
            assertThatThrownBy(() -> Payload.read(text)).hasMessageContaining(hint);
        }
    }

    @Test
    void textHasValuesOfExpressions() throws Exception {
        TextTemplate text = TextTemplate.read(
                "Hello {{decision.customer_id}}, {{size(decision.payload.items)}} things, first of all a"
                        + " {{decision.payload.items[0].name}}, for {{decision.payload.total}} until {{decision.expires_at}}.");
        assertThat(text.of(SEND))
                .isEqualTo("Hello ann, 2 things, first of all a Tent, for 19.5 until 2026-05-02T10:00:00.000Z.");
        assertThat(TextTemplate.read("").of(SEND)).isEmpty();
    }

    @Test
    void wrongTextIsRefusedAtItsPlace() {
        assertThatThrownBy(() -> TextTemplate.read("Hello {{decision.nobody}}"))
                .isInstanceOfSatisfying(
                        InvalidTemplate.class,
                        invalid -> assertThat(invalid.offset()).isEqualTo(16));
        assertThatThrownBy(() -> TextTemplate.read("Hello {{decision.trigger"))
                .hasMessageContaining("'{{' has no '}}'");
        assertThatThrownBy(() -> TextTemplate.read("Hello {{decision.payload}}"))
                .hasMessageContaining("a text");
    }
}
