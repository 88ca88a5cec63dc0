// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.event.Change;
import dev.segue.event.Change.Kind;
import dev.segue.event.TriggerDecision;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShopPagesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final ShopTracking TRACKING =
            new ShopTracking(URI.create("http://127.0.0.1:8090"), "demo-write-key", InstantSource.fixed(NOW), 600);

    private final VisitorRecords<Change> changes = new VisitorRecords<>(Change::customerId);
    private final VisitorRecords<TriggerDecision> decisions = new VisitorRecords<>(TriggerDecision::customerId);
    private final ShopPages pages = new ShopPages(() -> TRACKING, changes, decisions);

    @Test
    void rootLeadsToPage() {
        DemoReply reply = pages.reply(get(List.of(), Map.of())).orElseThrow();
        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.headers()).containsEntry("Location", "/shop");
    }

    @Test
    void pageMayUseOnlyItsOwnFilesAndTheCollector() {
        DemoReply reply = page("");
        assertThat(reply.headers().get("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "connect-src 'self' http://127.0.0.1:8090;");
        String html = text(reply);
        assertThat(html).doesNotContain("//cdn", "http://", "https://", "<script>");
        List<String> files = Pattern.compile("(?:src|href)=\"([^\"/:]+)\"")
                .matcher(html)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(files).contains("shop.js", "shop.css", "index.js", "LICENSE.md");
        assertThat(files).allSatisfy(file -> assertThat(page(file).status()).isEqualTo(200));
    }

    @Test
    void settingsNameCollectorAndProducts() throws Exception {
        JsonNode settings = json(page("settings"));
        assertThat(settings.path("collector").textValue()).isEqualTo("http://127.0.0.1:8090");
        assertThat(settings.path("write_key").textValue()).isEqualTo("demo-write-key");
        assertThat(settings.path("hour_seconds").doubleValue()).isEqualTo(6.0);
        assertThat(settings.path("products")).hasSizeGreaterThan(3);
        assertThat(settings.path("products").get(0).path("product_id").textValue())
                .isEqualTo("p01");
    }

    @Test
    void returnsChangesOfVisitorBeforeAndAfterLogIn() throws Exception {
        changes.add(List.of(change("a-1", "before"), change("other", "foreign"), change("ann", "after")));
        JsonNode all = json(changes("a-1", "ann", "0"));
        assertThat(all.path("changes").findValuesAsText("segment")).containsExactly("before", "after");
        assertThat(all.path("next").longValue()).isEqualTo(3);
        assertThat(all.path("now").textValue()).isEqualTo("2026-03-01T10:00:00Z");
        JsonNode later = json(changes("a-1", "ann", "3"));
        assertThat(later.path("changes")).isEmpty();
        assertThat(later.path("next").longValue()).isEqualTo(3);
    }

    @Test
    void returnsDecisionsOfVisitorInInbox() throws Exception {
        decisions.add(List.of(decision("ann"), decision("other")));
        JsonNode all = json(changes("a-1", "ann", "0"));
        assertThat(all.path("decisions").findValuesAsText("customer_id")).containsExactly("ann");
        assertThat(all.path("decisions")
                        .get(0)
                        .path("payload")
                        .path("items")
                        .get(0)
                        .textValue())
                .isEqualTo("tent");
        assertThat(all.path("inbox_next").longValue()).isEqualTo(1);
    }

    private static TriggerDecision decision(String customer) {
        Instant at = Instant.EPOCH;
        return new TriggerDecision(
                "d",
                "a",
                customer,
                "cart-reminder",
                "v",
                "email",
                "cart-abandoned",
                "c",
                TriggerDecision.Kind.SEND,
                true,
                at,
                at,
                at,
                null,
                null,
                "A reason.",
                null,
                null,
                Map.of("items", List.of("tent")));
    }

    @Test
    void refusesOtherRequests() {
        assertThat(changes("", "", "0").status()).isEqualTo(400);
        assertThat(changes("ann", "", "-1").status()).isEqualTo(400);
        assertThat(changes("ann", "", "x").status()).isEqualTo(400);
        DemoRequest post = new DemoRequest("POST", List.of("shop"), Map.of(), "");
        assertThat(pages.reply(post).orElseThrow().status()).isEqualTo(405);
        ShopPages early = new ShopPages(() -> null, changes, decisions);
        assertThat(early.reply(get(List.of("shop"), Map.of())).orElseThrow().status())
                .isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ShopPages.class", "../shop.js", "analytics-next/index.js", "package-info.class", ".", ".."})
    void servesNoOtherFiles(String name) {
        assertThat(pages.reply(get(List.of("shop", name), Map.of()))).isEmpty();
    }

    private DemoReply page(String name) {
        List<String> path = name.isEmpty() ? List.of("shop") : List.of("shop", name);
        return pages.reply(get(path, Map.of())).orElseThrow();
    }

    private DemoReply changes(String anonymous, String customer, String after) {
        Map<String, String> query =
                Map.of("anonymous", anonymous, "customer", customer, "after", after, "inbox_after", "0");
        return pages.reply(get(List.of("shop", "changes"), query)).orElseThrow();
    }

    private static DemoRequest get(List<String> path, Map<String, String> query) {
        return new DemoRequest("GET", path, query, "");
    }

    private static JsonNode json(DemoReply reply) throws Exception {
        assertThat(reply.type()).isEqualTo("application/json");
        return new ObjectMapper().readTree(text(reply));
    }

    private static String text(DemoReply reply) {
        return StandardCharsets.UTF_8.decode(reply.body().duplicate()).toString();
    }

    private static Change change(String customer, String segment) {
        return Change.of(customer, segment, Kind.ENTERED, Instant.EPOCH).build();
    }
}
