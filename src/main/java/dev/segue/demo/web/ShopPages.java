// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.demo.shop.ShopWindow;
import dev.segue.demo.web.VisitorRecords.Numbered;
import dev.segue.event.Change;
import dev.segue.event.TriggerDecision;
import dev.segue.serde.output.ChangeJson;
import dev.segue.serde.output.TriggerDecisionJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page on which a person shops. It has the browser SDK of Segment, which sends to the demo's collector, and shows the
 * visitor's changes as they arrive.
 */
final class ShopPages implements DemoPages {
    private static final String JSON_TYPE = "application/json";
    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String NUMBER = "\\d{1,15}";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The files by the last part of their paths; requests name no others. */
    private static final Map<String, String> FILES = Map.of(
            "shop.css", "shop.css",
            "shop.js", "shop.js",
            "LICENSE.md", "analytics-next/LICENSE.md",
            "index.js", "analytics-next/index.js",
            // The SDK loads this part of itself when the collector's settings have a tracking plan.
            "schemaFilter.bundle.a6a77355d52c20e3a83d.js",
                    "analytics-next/schemaFilter.bundle.a6a77355d52c20e3a83d.js");

    private final Supplier<@Nullable ShopTracking> tracker;
    private final VisitorRecords<Change> changes;
    private final VisitorRecords<TriggerDecision> decisions;

    /** @param tracker null until the collector runs */
    ShopPages(
            Supplier<@Nullable ShopTracking> tracker,
            VisitorRecords<Change> changes,
            VisitorRecords<TriggerDecision> decisions) {
        this.tracker = tracker;
        this.changes = changes;
        this.decisions = decisions;
    }

    @Override
    public Optional<DemoReply> reply(DemoRequest request) {
        List<String> path = request.path();
        if (path.isEmpty()) {
            return Optional.of(DemoReply.redirect("/shop"));
        }
        if (!path.get(0).equals("shop") || path.size() > 2) {
            return Optional.empty();
        }
        if (!request.method().equals("GET")) {
            return Optional.of(DemoPort.refusal(405));
        }
        ShopTracking tracking = tracker.get();
        if (tracking == null) {
            return Optional.of(DemoPort.refusal(503));
        }
        if (path.size() == 1) {
            return Optional.of(DemoReply.bytes(200, HTML, file("shop.html")).with(policy(tracking)));
        }
        return switch (path.get(1)) {
            case "settings" -> Optional.of(settings(tracking));
            case "changes" -> Optional.of(changes(request, tracking));
            default ->
                Optional.ofNullable(FILES.get(path.get(1))).map(name -> {
                    String type = name.endsWith(".js")
                            ? SCRIPT
                            : name.endsWith(".css") ? "text/css; charset=utf-8" : "text/plain; charset=utf-8";
                    return DemoReply.bytes(200, type, file(name));
                });
        };
    }

    /** The page loads nothing from elsewhere, and sends only to the collector. */
    private static Map<String, String> policy(ShopTracking tracking) {
        return Map.of(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self' "
                        + tracking.collector() + "; base-uri 'self'; form-action 'none'; frame-ancestors 'none'");
    }

    private static DemoReply settings(ShopTracking tracking) {
        ObjectNode settings = JSON.createObjectNode();
        settings.put("collector", tracking.collector().toString());
        settings.put("write_key", tracking.writeKey());
        settings.put("hour_seconds", 3600.0 / tracking.speed());
        ArrayNode products = settings.putArray("products");
        for (ShopWindow.Offer offer : ShopWindow.offers()) {
            products.addObject()
                    .put("product_id", offer.productId())
                    .put("name", offer.name())
                    .put("brand", offer.brand())
                    .put("category", offer.category())
                    .put("price", offer.price());
        }
        return json(settings);
    }

    private DemoReply changes(DemoRequest request, ShopTracking tracking) {
        List<String> customers = Stream.of(request.parameter("anonymous"), request.parameter("customer"))
                .filter(customer -> !customer.isEmpty())
                .toList();
        String after = request.parameter("after");
        String inbox = request.parameter("inbox_after");
        if (customers.isEmpty() || !after.matches(NUMBER) || !inbox.matches(NUMBER)) {
            return DemoPort.refusal(400);
        }
        long last = Long.parseLong(after);
        long lastDecision = Long.parseLong(inbox);
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode found = answer.putArray("changes");
        for (Numbered<Change> numbered : changes.since(last, customers)) {
            found.add(tree(ChangeJson.write(numbered.value())));
            last = numbered.number();
        }
        answer.put("next", last);
        ArrayNode decided = answer.putArray("decisions");
        for (Numbered<TriggerDecision> numbered : decisions.since(lastDecision, customers)) {
            decided.add(tree(TriggerDecisionJson.write(numbered.value())));
            lastDecision = numbered.number();
        }
        answer.put("inbox_next", lastDecision);
        answer.put("now", tracking.clock().instant().toString());
        return json(answer);
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static DemoReply json(ObjectNode body) {
        return DemoReply.text(200, JSON_TYPE, body.toString());
    }

    private static byte[] file(String name) {
        try (InputStream in = ShopPages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return in.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
