// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.collector.message.Batch;
import dev.segue.collector.message.BatchReader;
import dev.segue.collector.message.Envelope;
import dev.segue.collector.message.SharedContext;
import dev.segue.event.Event;
import dev.segue.replay.file.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the collector answers, and what it stores. */
class CollectorTest {
    private static final String VIEW = """
            {"type": "track", "event": "Product Viewed", "messageId": "m1", "userId": "ann",
             "properties": {"product_id": "tent", "price": 12.5}}""";

    private CollectorStage stage;

    @BeforeEach
    void open() throws Exception {
        stage = new CollectorStage();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void trackBecomesEventOfVocabulary() throws Exception {
        HttpResponse<String> response = stage.post("/v1/track", VIEW);
        assertThat(response.body()).isEqualTo("{\"success\":true}\n");
        assertThat(response.statusCode()).isEqualTo(200);
        Event event = stage.events().get(0);
        assertThat(event.type().name()).isEqualTo("product_viewed");
        assertThat(event.customerId()).isEqualTo("ann");
        assertThat(event.eventId()).isEqualTo("m1");
        assertThat(event.fields().get("product_id")).isEqualTo("tent");
        assertThat(event.time()).isEqualTo(CollectorStage.NOW.toEpochMilli());
        assertThat(stage.memory.records.get(0).timestamp()).isEqualTo(CollectorStage.NOW.toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/identify, profile_updated",
        "/v1/i, profile_updated",
        "/v1/page, page_viewed",
        "/v1/p, page_viewed",
        "/v1/screen, page_viewed",
        "/v1/s/, page_viewed",
        "/v1/group, profile_updated",
        "/v1/g, profile_updated",
        "/v1/t, custom_event",
    })
    void pathStatesTypeOfMessage(String path, String type) throws Exception {
        String body = "{\"event\": \"Size Guide Opened\", \"anonymousId\": \"visitor\", \"groupId\": \"g\","
                + " \"traits\": {\"plan\": \"gold\"}}";
        assertThat(stage.post(path, body).statusCode()).isEqualTo(200);
        assertThat(stage.events())
                .singleElement()
                .extracting(event -> event.type().name())
                .isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/batch", "/v1/b", "/beacon/v1/batch"})
    void batchMayCarryKeyAndClockForAllMessages(String path) throws Exception {
        String body = """
                {"writeKey": "web-key-1", "sentAt": "2026-03-01T11:00:10Z", "context": {"timezone": "Europe/Berlin"}, "batch": [
                  {"type": "track", "event": "Product Viewed", "messageId": "a", "userId": "ann", "timestamp": "2026-03-01T11:00:00.250Z"},
                  {"type": "page", "messageId": "b", "anonymousId": "v", "timestamp": "2026-03-01T11:00:09Z"}]}""";
        HttpResponse<String> response = stage.send(stage.request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(stage.events())
                .extracting(event -> Instant.ofEpochMilli(event.time()).toString())
                .containsExactly("2026-03-01T11:59:50.250Z", "2026-03-01T11:59:59Z");
        assertThat(stage.events())
                .extracting(event -> event.fields().get("timezone"))
                .containsOnly("Europe/Berlin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/json", "image/png"})
    void contentDecidesNotItsType(String type) throws Exception {
        for (byte[] body : List.of(VIEW.getBytes(StandardCharsets.UTF_8), gzip(VIEW))) {
            HttpRequest.Builder request = stage.request("/v1/track")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .header("Authorization", CollectorStage.basic(CollectorStage.KEY))
                    .header("Content-Type", type);
            assertThat(stage.send(request).statusCode()).isEqualTo(200);
        }
        assertThat(stage.events()).hasSize(2);
    }

    private static byte[] gzip(String text) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void inflatedSizeIsLimited() throws Exception {
        byte[] bomb = gzip(" ".repeat(200 * RequestText.LONGEST));
        assertThat(bomb.length).isLessThan(RequestText.LONGEST);
        HttpRequest.Builder request = stage.request("/v1/batch")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bomb))
                .header("Authorization", CollectorStage.basic(CollectorStage.KEY));
        assertThat(stage.send(request).statusCode()).isEqualTo(413);
        assertThat(stage.memory.records).isEmpty();
    }

    @Test
    void bodyMayBeAsLongAsTheLimit() throws Exception {
        String padded = VIEW + " ".repeat(RequestText.LONGEST - VIEW.length());
        // The message itself has more than 32 KiB then.
        assertThat(stage.post(
                                "/v1/batch",
                                "{\"batch\": [" + VIEW + "]" + " ".repeat(RequestText.LONGEST - VIEW.length() - 14)
                                        + "}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(stage.post("/v1/track", padded + " ").statusCode()).isEqualTo(413);
    }

    /** Closing the connection while the client is still sending would hide the answer from it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void clientStillSendingSeesWhyItsBodyIsRefused(boolean lengthIsStated) throws Exception {
        byte[] body = " ".repeat((int) BodyReader.LONGEST).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20; i++) {
            HttpRequest.BodyPublisher publisher = lengthIsStated
                    ? HttpRequest.BodyPublishers.ofByteArray(body)
                    : HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
            HttpResponse<String> response = stage.send(
                    stage.request("/v1/batch?writeKey=" + CollectorStage.KEY).POST(publisher));
            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(response.body()).contains("the body has more than 512000 bytes; send several batches");
        }
    }

    @Test
    void bodyMuchTooLongIsNotReadToItsEnd() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), stage.address().getPort())) {
            socket.getOutputStream()
                    .write(("POST /v1/batch HTTP/1.1\r\nHost: a\r\nContent-Length: " + (BodyReader.LONGEST + 1)
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 413 ")
                    .containsIgnoringCase("Connection: close");
        }
    }

    /** A client that asks first is not told to send what nobody wants. */
    @Test
    void clientThatAsksFirstSendsNoBody() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), stage.address().getPort())) {
            socket.getOutputStream()
                    .write(("POST /v1/batch HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: "
                                    + (RequestText.LONGEST + 1) + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void batchMayHaveAsManyMessagesAsTheLimit() throws Exception {
        String message = "{\"type\":\"page\",\"userId\":\"a\"}";
        String most = String.join(",", Collections.nCopies(2_500, message));
        assertThat(stage.post("/v1/batch", "{\"batch\":[" + most + "]}").statusCode())
                .isEqualTo(200);
        assertThat(stage.post("/v1/batch", "{\"batch\":[" + most + "," + message + "]}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(stage.events()).hasSize(2_500);
    }

    @Test
    void tooLongMessageBecomesDeadLetter() throws Exception {
        String start = "{\"type\":\"page\",\"userId\":\"a\",\"name\":\"";
        String exact = start + "x".repeat(32 * 1024 - start.length() - 2) + "\"}";
        assertThat(exact.length()).isEqualTo(32 * 1024);
        assertThat(stage.post("/v1/page", exact).statusCode()).isEqualTo(200);
        assertThat(stage.events()).hasSize(1);
        assertThat(stage.post("/v1/page", exact.replace("\"}", "x\"}")).statusCode())
                .isEqualTo(200);
        assertThat(stage.events()).hasSize(1);
        assertThat(reasons()).containsExactly("too-large");
    }

    private List<String> reasons() {
        return stage.letters().stream()
                .map(record ->
                        new String(record.headers().lastHeader("segue.reason").value(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void badMessagesOfBatchBecomeDeadLetters() throws Exception {
        String body = """
                {"sentAt": "2026-03-01T12:00:00Z", "batch": [
                  {"type": "track", "event": "Order Completed", "userId": "ann", "properties": {"total": "a lot"}},
                  %s,
                  {"type": "track", "event": "Product Viewed"},
                  "nonsense",
                  {"type": "dance", "userId": "ann"},
                  {"type": "page", "userId": "ann", "timestamp": "yesterday"}]}""".formatted(VIEW);
        assertThat(stage.post("/v1/batch", body).statusCode()).isEqualTo(200);
        assertThat(stage.events()).hasSize(1);
        assertThat(reasons())
                .containsExactly(
                        "wrong-type", "missing-customer", "malformed", "unknown-event-type", "impossible-time");
        StoredRecord first = stage.letters().get(0);
        assertThat(first.key()).isEqualTo("ann");
        Envelope.Opened opened = Envelope.open(first.value()).orElseThrow();
        assertThat(opened.envelope().sender()).isEqualTo("web");
        assertThat(opened.envelope().origin()).isEqualTo("observed");
        assertThat(opened.envelope().sentAt()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(opened.message().json()).startsWith("{\"type\": \"track\", \"event\": \"Order Completed\"");
        assertThat(stage.count("segue.collector.messages", "outcome", "stored")).isEqualTo(1);
        assertThat(stage.count("segue.collector.messages", "outcome", "dead-letter"))
                .isEqualTo(5);
    }

    @Test
    void aliasLinksUnlessKeyMayMerge() throws Exception {
        String alias = "{\"messageId\": \"m\", \"previousId\": \"visitor\", \"userId\": \"ann\"}";
        assertThat(stage.post("/v1/alias", alias).statusCode()).isEqualTo(200);
        assertThat(stage.post("/v1/alias", alias, "server-key-1").statusCode()).isEqualTo(200);
        assertThat(stage.events())
                .extracting(event -> event.type().name(), Event::customerId)
                .containsExactly(tuple("customer_identified", "ann"), tuple("customers_merged", "ann"));
        assertThat(stage.events().get(0).fields().get("anonymous_id")).isEqualTo("visitor");
        assertThat(stage.events().get(1).fields().get("other_id")).isEqualTo("visitor");
    }

    @Test
    void contextOfBatchIsNotCopiedIntoItsMessages() throws Exception {
        String context = "{" + members(3_000) + "}";
        List<String> each = Collections.nCopies(2_500, "{\"type\":\"page\",\"userId\":\"a\",\"context\":{}}");
        Batch batch = BatchReader.batch("{\"context\":{\"a\":1},\"batch\":[" + String.join(",", each) + "]}");
        assertThat(batch.messages()).hasSize(2_500).allSatisfy(message -> {
            assertThat(message.shared()).isSameAs(batch.messages().get(0).shared());
            assertThat(message.members()).containsEntry("context", new JsonObject());
        });
        String many = "{\"context\":" + context + ",\"batch\":[" + String.join(",", each) + "]}";
        HttpResponse<String> response = stage.post("/v1/batch", many);
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("$.context has " + context.length() + " bytes for each of 2500 messages");
    }

    private static String members(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> "\"" + index + "\":1")
                .collect(Collectors.joining(","));
    }

    @Test
    void contextOfBatchCountsForEachMessage() throws Exception {
        String context = "{\"padding\":\"" + "x".repeat(32 * 1024 - 14 - 40) + "\"}";
        String body = "{\"batch\":[{\"type\":\"page\",\"userId\":\"a\"},"
                + "{\"type\":\"page\",\"userId\":\"longer-than-that\"}],\"context\":%s}";
        HttpResponse<String> response =
                stage.post("/v1/batch", body.formatted(context), CollectorStage.KEY, "X-Strict-Mode", "1");
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode problems = new ObjectMapper().readTree(response.body()).get("problems");
        assertThat(problems.findValuesAsText("path")).containsExactly("$.batch[1]");
        assertThat(problems.findValuesAsText("reason")).containsExactly("too-large");
        response = stage.post("/v1/batch", body.formatted(context.replace("x\"", "x".repeat(60) + "\"")));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("$.context has ");
    }

    @Test
    void deadLetterKeepsContextOfBatch() throws Exception {
        String body = """
                {"context": {"timezone": "Europe/Berlin"}, "batch": [{"type": "dance", "userId": "ann"}]}""";
        assertThat(stage.post("/v1/batch", body, "server-key-1").statusCode()).isEqualTo(200);
        Envelope.Opened opened = Envelope.open(stage.letters().get(0).value()).orElseThrow();
        assertThat(opened.message().json()).isEqualTo("{\"type\": \"dance\", \"userId\": \"ann\"}");
        assertThat(opened.message().shared())
                .isNotNull()
                .extracting(SharedContext::json)
                .isEqualTo("{\"timezone\": \"Europe/Berlin\"}");
        assertThat(opened.envelope().mayMerge()).isTrue();
    }

    @Test
    void strictModeRefusesAllWithPlaces() throws Exception {
        String body = """
                {"batch": [%s,
                  {"type": "track", "event": "Order Completed", "userId": "ann",
                   "properties": {"products": [{"price": 1}, {"price": "cheap"}]}},
                  {"type": "track", "event": "Product Viewed", "properties": {"price": 1}}]}""".formatted(VIEW);
        HttpResponse<String> response = stage.post("/v1/batch", body, CollectorStage.KEY, "X-Strict-Mode", "1");
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode problems = new ObjectMapper().readTree(response.body()).get("problems");
        assertThat(problems.findValuesAsText("path"))
                .containsExactly("$.batch[1].properties.products[1].price", "$.batch[2].userId");
        assertThat(problems.findValuesAsText("reason")).containsExactly("wrong-type", "missing-customer");
        assertThat(stage.memory.records).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "null", "{\"batch\": {}}", "{}", "{} {}", "\u0001", "{\"batch\": [}"})
    void bodyWithoutMessagesIsRefused(String body) throws Exception {
        HttpResponse<String> response = stage.post("/v1/batch", body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .startsWith("{\"success\":false,\"message\":\"")
                .doesNotContain("Exception");
    }

    @Test
    void unknownKeysAreRefused() throws Exception {
        assertThat(stage.post("/v1/track", VIEW, "other-key").statusCode()).isEqualTo(401);
        assertThat(stage.send(stage.request("/v1/track").POST(HttpRequest.BodyPublishers.ofString(VIEW)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(stage.send(stage.request("/v1/track?writeKey=" + CollectorStage.KEY)
                                .POST(HttpRequest.BodyPublishers.ofString(VIEW)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(stage.memory.records).hasSize(1);
    }

    @Test
    void fullOrMissingStorageAsksToSendAgain() throws Exception {
        stage.memory.refusal = "kafka";
        HttpResponse<String> response = stage.post("/v1/track", VIEW);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(stage.count("segue.collector.messages", "outcome", "refused", "reason", "kafka"))
                .isEqualTo(1);
        stage.memory.refusal = null;
        assertThat(stage.post("/v1/track", VIEW).statusCode()).isEqualTo(200);
    }

    @Test
    @Timeout(60)
    void errorOfOursIsAnsweredShortly() throws Exception {
        stage.memory.bug = new AssertionError("a secret");
        // A body behind the request's head is taken after the request was handled.
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), stage.address().getPort())) {
            String head = "POST /v1/track?writeKey=" + CollectorStage.KEY
                    + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + "Content-Length: " + VIEW.length() + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            stage.post("/v1/track", VIEW);
            socket.getOutputStream().write(VIEW.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 500 ")
                    .contains("the request could not be answered")
                    .doesNotContain("secret", "AssertionError");
        }
        stage.memory.bug = null;
        assertThat(stage.post("/v1/track", VIEW).statusCode()).isEqualTo(200);
    }

    @Test
    void rateOfKeyIsLimited() throws Exception {
        String many = "{\"batch\":[" + String.join(",", Collections.nCopies(2_000, VIEW)) + "]}";
        assertThat(stage.post("/v1/batch", many, "slow-key-1").statusCode()).isEqualTo(200);
        HttpResponse<String> response = stage.post("/v1/batch", many, "slow-key-1");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(response.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 1_991);
        assertThat(stage.count("segue.collector.messages", "outcome", "refused", "reason", "rate"))
                .isEqualTo(2_000);
    }

    @Test
    void placeholdersAreNoCustomers() throws Exception {
        assertThat(stage.post("/v1/page", "{\"userId\": \"undefined\", \"anonymousId\": \"v1\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(stage.events()).extracting(Event::customerId).containsExactly("v1");
        stage.post("/v1/page", "{\"userId\": \"null\", \"anonymousId\": \"00000000-0000-0000-0000-000000000000\"}");
        assertThat(reasons()).containsExactly("missing-customer");
        assertThat(stage.letters().get(0).key()).isNull();
    }

    @Test
    void pixelTakesMessageInQuery() throws Exception {
        String data = Base64.getEncoder()
                .encodeToString(
                        VIEW.replace("}}", "}, \"writeKey\": \"web-key-1\"}").getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> response =
                stage.send(stage.request("/v1/pixel/track?data=" + URLEncoder.encode(data, StandardCharsets.UTF_8)));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("image/gif");
        response = stage.send(stage.request("/pixel/v1/track?writeKey=web-key-1&anonymousId=v&event=Product%20Viewed"
                + "&properties.product_id=tent&properties.price=12,50%20%E2%82%AC"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(stage.events())
                .extracting(
                        Event::customerId,
                        event -> String.valueOf(event.fields().get("price")))
                .containsExactly(tuple("ann", "12.5000"), tuple("v", "12.5000"));
        assertThat(stage.send(stage.request("/v1/pixel/track?data=!!")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void browsersMayUseKeysOfTheirOrigin() throws Exception {
        HttpResponse<String> preflight = stage.send(stage.request("/v1/t")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type,anonymousid,sentat"));
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("https://shop.example");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValue("authorization,content-type,anonymousid,sentat");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
                .hasValue("GET, POST, OPTIONS");
        HttpResponse<String> response = stage.post("/v1/t", VIEW, CollectorStage.KEY, "Origin", "https://shop.example");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://shop.example");
        assertThat(stage.post("/v1/t", VIEW, CollectorStage.KEY, "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(stage.post("/v1/t", VIEW, "server-key-1", "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void sdksGetTheirSettings() throws Exception {
        JsonNode segment = new ObjectMapper()
                .readTree(stage.send(stage.request("/v1/projects/web-key-1/settings"))
                        .body());
        JsonNode destination = segment.get("integrations").get("Segment.io");
        assertThat(destination.get("apiHost").asText())
                .isEqualTo(stage.address().getAuthority() + "/v1");
        assertThat(destination.get("protocol").asText()).isEqualTo("http");
        assertThat(stage.send(stage.request("/v1/projects/other/settings")).statusCode())
                .isEqualTo(401);
        JsonNode rudder = new ObjectMapper()
                .readTree(stage.send(stage.request("/sourceConfig/?p=npm&writeKey=web-key-1"))
                        .body());
        assertThat(rudder.get("source").get("destinations")).isEmpty();
        assertThat(rudder.get("source").get("enabled").asBoolean()).isTrue();
        assertThat(stage.send(stage.request("/sourceConfig?writeKey=web-key-1")
                                .method("HEAD", HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        assertThat(stage.send(stage.request("/")).statusCode()).isEqualTo(404);
        assertThat(stage.send(stage.request("/v1/dance")).statusCode()).isEqualTo(404);
        assertThat(stage.send(stage.request("/v1/track")).statusCode()).isEqualTo(405);
        assertThat(stage.send(stage.request("/v1/projects/web-key-1/settings").DELETE())
                        .statusCode())
                .isEqualTo(405);
    }
}
