// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Event;
import dev.segue.replay.EventReader;
import dev.segue.replay.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhyCommandTest {
    private static final String EVENTS = """
            {"type":"product_viewed","customer_id":"ann","event_id":"e1","occurred_at":"2026-03-02T09:58:00Z","product_id":"tent"}
            {"type":"product_viewed","customer_id":"bob","event_id":"e2","occurred_at":"2026-03-02T09:59:00Z","product_id":"tent"}
            {"type":"product_added","customer_id":"ann","event_id":"e3","occurred_at":"2026-03-02T10:00:00Z","product_id":"tent"}
            {"type":"product_added","customer_id":"ann","event_id":"e3","occurred_at":"2026-03-02T10:00:00Z","product_id":"tent"}
            {"type":"order_completed","customer_id":"ann","event_id":"e4","occurred_at":"2026-03-02T12:15:30Z","total":249.0}
            """;

    @TempDir
    Path directory;

    private CommandRun why(String... more) throws IOException {
        Path file = Files.writeString(directory.resolve("events.jsonl"), EVENTS);
        List<String> args = new ArrayList<>(List.of("why", "--events", file.toString()));
        args.addAll(Arrays.asList(more));
        return CommandRun.of(args.toArray(String[]::new));
    }

    private String told(String... more) throws IOException {
        CommandRun run = why(more);
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        return run.out().replaceAll("version [0-9a-f]{12}", "version V");
    }

    @Test
    void usesOverrides() throws IOException {
        String[] question = {
            "--customer",
            "ann",
            "--segment",
            "cart-abandoned",
            "--at",
            "2026-03-02T10:30:00Z",
            "--set",
            "cart-abandoned.quiet=30m"
        };
        assertThat(told(question))
                .startsWith("ann is in cart-abandoned since 2026-03-02T10:30:00.000Z, by version V.")
                .contains("activity.within('30m').count() == 0");
        question[5] = "2026-03-02T10:29:59.999Z";
        assertThat(told(question)).startsWith("ann is not in cart-abandoned");
    }

    @Test
    void showsWhatIsComputedOfTheIds() throws IOException {
        Path segments = Files.writeString(
                directory.resolve("ids.yaml"),
                "segment: many-ids\nwhen: customer.ids.count() > 1 || customer.id == 'bob'\n");
        assertThat(told("--customer", "ann", "--segment", "many-ids", "--segments", segments.toString()))
                .contains("""
                        when: false, one of:
                          false  customer.ids.count() > 1
                              customer.ids.count() is 1
                          false  customer.id == 'bob'
                              customer.id is 'ann'

                        To enter, this must change:
                        """)
                .contains("customer.ids.count() is 1 and must be more than 1");
    }

    @Test
    void saysWhoKnowsProducts() throws IOException {
        Path segments = Files.writeString(
                directory.resolve("rare.yaml"),
                "segment: rare\nwhen: cart.exists(i, product(i.product_id).stock == 1)\n");
        assertThat(told("--customer", "ann", "--segment", "rare", "--segments", segments.toString()))
                .startsWith("Cannot say whether ann is in rare: it depends on what is known of products (version ")
                .contains("What is known of products is not part of the events: only the running processor knows it.")
                .endsWith("If no event comes, new facts of products can change this.\n");
    }

    @Test
    void saysWhoKnowsPercentiles() throws IOException {
        Path segments = Files.writeString(directory.resolve("rank.yaml"), """
                segment: most-loyal
                when: product_added.count() > 0 && order_completed.map(o, o.total).sum().percentile() >= 0.0
                population: {minimum: 1}
                ---
                segment: buyer
                when: order_completed.count() > 0
                """);
        String sentence =
                "A percentile compares the customer with all others: only the running processor knows it, and it"
                        + " is in the evidence of the last change.\n";
        assertThat(told(
                        "--customer",
                        "ann",
                        "--segment",
                        "most-loyal",
                        "--segments",
                        segments.toString(),
                        "--at",
                        "+2h"))
                .startsWith(
                        "Cannot say whether ann is in most-loyal: a percentile compares the customer with all others")
                .contains("  false  order_completed.map(o, o.total).sum().percentile() >= 0.0\n")
                .contains("      order_completed.map(o, o.total).sum() is 249.0\n")
                .contains("\n\n" + sentence + "To enter, this must change:\n")
                .endsWith("If no event comes, values of other customers can change this.\n");
        assertThat(told("--customer", "ann", "--segment", "buyer", "--segments", segments.toString()))
                .doesNotContain("A percentile");
    }

    @Test
    void explainsMembershipAndItsEnd() throws IOException {
        assertThat(told("--customer", "ann", "--segment", "cart-abandoned", "--at", "2026-03-02T11:00:00Z"))
                .isEqualTo("""
                ann is in cart-abandoned since 2026-03-02T11:00:00.000Z, by version V.
                Evaluated at 2026-03-02T11:00:00.000Z, after 2 events and 1 duplicate; 1 later event ignored.

                when: true, all of:
                  true  cart.count() > 0
                      cart.count() is 1
                        e3  product_added  2026-03-02T10:00:00.000Z
                  true  activity.within('1h').count() == 0
                      activity.within('1h').count() is 0
                        no event; the latest one before was e3  product_added  2026-03-02T10:00:00.000Z

                until: false, one of:
                  false  cart.count() == 0
                      cart.count() is 1
                        e3  product_added  2026-03-02T10:00:00.000Z
                  false  cart.within('1h').count() > 0
                      cart.within('1h').count() is 0
                        no event; the latest one before was e3  product_added  2026-03-02T10:00:00.000Z
                  false  cart.within('7d').count() == 0  (can change by itself from 2026-03-09T10:00:00.000Z)
                      cart.within('7d').count() is 1
                        e3  product_added  2026-03-02T10:00:00.000Z

                To leave, this must change:
                  one of these:
                    cart.count() is 1 and must be 0
                    cart.within('1h').count() is 0 and must be more than 0
                    cart.within('7d').count() is 1 and must be 0
                If no event comes, ann leaves cart-abandoned at 2026-03-09T10:00:00.000Z.
                """);
    }

    @Test
    void explainsWhyNotYetOneMillisecondBeforeDeadline() throws IOException {
        assertThat(told("--customer", "ann", "--segment", "cart-abandoned", "--at", "2026-03-02T10:59:59.999Z"))
                .startsWith("ann is not in cart-abandoned and never was (version V).\n")
                .contains("""
                          false  activity.within('1h').count() == 0  (can change by itself from 2026-03-02T11:00:00.000Z)
                              activity.within('1h').count() is at least 1 (the plan counts no further than necessary)
                                e3  product_added  2026-03-02T10:00:00.000Z
                        """)
                .contains("To enter, this must change:\n  activity.within('1h').count() is at least 1 and must be 0\n")
                .endsWith("If no event comes, ann enters cart-abandoned at 2026-03-02T11:00:00.000Z.\n");
    }

    @Test
    void namesTheElementsThatAreUnansweredOrFollow() throws IOException {
        Path file = Files.writeString(directory.resolve("related.yaml"), """
                segment: left
                when: product_added.unanswered(order_completed, '1h').count() > 0
                ---
                segment: decided
                when: activity.filter(a, a.type != 'page_viewed').follows(product_viewed, '2m').count() > 1
                """);
        assertThat(told("--customer", "ann", "--segment", "left", "--segments", file.toString()))
                .startsWith("ann is in left since 2026-03-02T11:00:00.000Z")
                .contains("""
                            product_added.unanswered(order_completed, '1h').count() is 1
                              e3  product_added  2026-03-02T10:00:00.000Z
                        """);
        assertThat(told("--customer", "ann", "--segment", "decided", "--segments", file.toString()))
                .contains(".follows(product_viewed, '2m').count() is 1\n      e3  product_added  ");
    }

    @Test
    void reportsExitAfterLastEvent() throws IOException {
        assertThat(told("--customer", "ann", "--segment", "cart-abandoned"))
                .startsWith("ann is not in cart-abandoned; left cart-abandoned at 2026-03-02T12:15:30.000Z")
                .contains("        e4  order_completed  2026-03-02T12:15:30.000Z\n")
                .endsWith("If no event comes, this never changes.\n");
    }

    @Test
    void explainsChoicesTraitsAndFor() throws IOException {
        Path file = Files.writeString(directory.resolve("mine.yaml"), """
                group: usage
                first:
                  heavy: order_completed.count() >= 3
                  light: order_completed.count() >= 1
                ---
                trait: first-product
                value: product_viewed.first().product_id
                ---
                segment: steady
                for: 10m
                when: "!(order_completed.count() == 0 || product_viewed.count() > 5)"
                """);
        String segments = file.toString();
        assertThat(told("--customer", "ann", "--segment", "usage", "--segments", segments))
                .startsWith("ann is in light since 2026-03-02T12:15:30.000Z")
                .contains("For heavy, this must change:\n  order_completed.count() is 1 and must be at least 3\n");
        assertThat(told("--customer", "bob", "--segment", "first-product", "--segments", segments))
                .startsWith("bob has first-product 'tent' since 2026-03-02T09:59:00.000Z")
                .contains("e2  product_viewed");
        assertThat(told("--customer", "ann", "--segment", "steady", "--segments", segments))
                .contains("when: true, not:\n  false, one of:\n    false  order_completed.count() == 0\n")
                .contains("'when' holds since 2026-03-02T12:15:30.000Z; it must hold for 10m.\n")
                .endsWith("If no event comes, ann enters steady at 2026-03-02T12:25:30.000Z.\n");
    }

    @Test
    void listsPartlyIgnoredEvents() throws IOException {
        Path file = Files.writeString(directory.resolve("flawed.jsonl"), """
                {"type":"product_added","customer_id":"ann","event_id":"e1","occurred_at":"2026-03-02T10:00:00Z"}
                {"type":"product_added","customer_id":"bob","event_id":"e2","occurred_at":"2026-03-02T10:00:00Z"}
                {"type":"order_cancelled","customer_id":"ann","event_id":"e3","occurred_at":"2026-03-02T10:00:01Z"}
                {"type":"page_viewed","customer_id":"ann","event_id":"e4","occurred_at":"2026-03-02T10:00:02Z","timezone":"Mars"}
                """);
        CommandRun run =
                CommandRun.of("why", "--events", file.toString(), "--customer", "ann", "--segment", "cart-abandoned");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).endsWith("""

                Some event data could not be used:
                  e1  product_added  2026-03-02T10:00:00.000Z  without a product: the cart stayed as it was
                  e3  order_cancelled  2026-03-02T10:00:01.000Z  without an order: nothing was refunded
                  e4  page_viewed  2026-03-02T10:00:02.000Z  with an unknown time zone 'Mars': hour and weekday are those of the configured zone
                """);
    }

    @Test
    void suggestsNearestCustomerAndSegment() throws IOException {
        CommandRun customer = why("--customer", "bop", "--segment", "cart-abandoned");
        assertThat(customer.code()).isEqualTo(2);
        assertThat(customer.errLines()).containsExactly("There is no event of customer 'bop'. Did you mean 'bob'?");
        CommandRun segment = why("--customer", "bob", "--segment", "card-abandoned");
        assertThat(segment.code()).isEqualTo(2);
        assertThat(segment.errLines())
                .containsExactly("There is no segment 'card-abandoned'. Did you mean 'cart-abandoned'?");
        CommandRun early = why("--customer", "bob", "--segment", "cart-abandoned", "--at", "2026-03-02T09:58:59.999Z");
        assertThat(early.code()).isEqualTo(2);
        assertThat(early.errLines())
                .containsExactly("Customer 'bob' has no events up to 2026-03-02T09:58:59.999Z; the first event is at"
                        + " 2026-03-02T09:59:00.000Z.");
    }

    @Test
    void distinguishesAbandonerFromBuyerOfRealTrace() {
        Path trace = Traces.trace("rees46-multicategory-1h.csv.gz");
        Map<String, String> lastOfCart = new TreeMap<>();
        try (EventReader reader = Traces.open("rees46-multicategory-1h.csv.gz", "rees46")) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                if (!event.type().name().equals("product_viewed")) {
                    lastOfCart.put(event.customerId(), event.type().name());
                }
            }
        }
        assertThat(ofTrace(trace, first(lastOfCart, "product_added")))
                .contains(" is in cart-abandoned since ")
                .contains("when: true, all of:\n  true  cart.count() > 0\n")
                .contains("  true  activity.within('1h').count() == 0\n      activity.within('1h').count() is 0\n")
                .contains("  product_added  2019-11-01T", "If no event comes, ", " leaves cart-abandoned at ");
        assertThat(ofTrace(trace, first(lastOfCart, "order_completed")))
                .contains(" is not in cart-abandoned and never was")
                .contains("when: false, all of:\n  false  cart.count() > 0\n      cart.count() is 0\n")
                .contains("  order_completed  2019-11-01T", "If no event comes, this never changes.")
                .contains("  cart.count() is 0 and must be more than 0\n");
    }

    private static String first(Map<String, String> lastOfCart, String type) {
        return lastOfCart.entrySet().stream()
                .filter(entry -> entry.getValue().equals(type))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static String ofTrace(Path trace, String customer) {
        CommandRun run = CommandRun.of(
                "why",
                "--events",
                trace.toString(),
                "--mapping",
                "mappings/rees46.yaml",
                "--customer",
                customer,
                "--segment",
                "cart-abandoned",
                "--at",
                "+2h");
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }
}
