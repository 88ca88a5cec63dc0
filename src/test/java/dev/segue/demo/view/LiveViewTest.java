// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Change;
import dev.segue.event.SmallShop;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveViewTest {
    private static final Instant OPENS = Instant.parse("2026-03-02T10:00:00Z");

    private final StringWriter screen = new StringWriter();
    private final LiveView view = new LiveView(
            new PrintWriter(screen), new ChangeLine(100, 14, false), new SegmentTally(definitions()), OPENS);

    @Test
    void countsPastWithoutPrinting() {
        show("ann", "loyal-customer", Change.Kind.ENTERED, OPENS.minusMillis(1), 0);
        show("bob", "cart-abandoned", Change.Kind.ENTERED, OPENS, 0);
        assertThat(lines())
                .startsWith("At the opening: 1 loyal-customer.")
                .contains("-- 2026-03-02 --")
                .anyMatch(line -> line.startsWith("10:00:00.000 ENTERED bob"))
                .noneMatch(line -> line.contains("ENTERED ann"));
    }

    @Test
    void printsDateWhenItChanges() {
        show("ann", "loyal-customer", Change.Kind.ENTERED, Instant.parse("2026-03-02T23:59:59.999Z"), 0);
        show("bob", "loyal-customer", Change.Kind.ENTERED, Instant.parse("2026-03-03T00:00:00Z"), 0);
        assertThat(lines()).contains("-- 2026-03-02 --", "-- 2026-03-03 --");
    }

    @Test
    void reportsNumberOfOmittedLines() {
        for (int number = 0; number < 10; number++) {
            show("customer" + number, "cart-abandoned", Change.Kind.ENTERED, OPENS, 999);
        }
        view.summarise(10, Duration.ofSeconds(2), OPENS);
        assertThat(lines().stream().filter(line -> line.contains("ENTERED customer")))
                .hasSize(LineBudget.LINES_OF_A_SEGMENT);
        assertThat(lines()).contains("             ... and 8 more changes not shown here");
    }

    @Test
    void prefersSegmentsToGroupsAndTraits() {
        for (int number = 0; number < 5; number++) {
            show("customer" + number, "usual-page", Change.Kind.UPDATED, OPENS, 0);
        }
        show("ann", "cart-abandoned", Change.Kind.ENTERED, OPENS, 0);
        view.summarise(6, Duration.ofSeconds(2), OPENS);
        assertThat(lines().stream().filter(line -> line.contains("UPDATED customer")))
                .hasSize(LineBudget.LINES_OF_GROUPS_AND_TRAITS);
        assertThat(lines())
                .anyMatch(line -> line.contains("ENTERED ann"))
                .contains("             ... and 4 more changes not shown here");
    }

    @Test
    void endsWithTableAndRate() {
        show("ann", "cart-abandoned", Change.Kind.ENTERED, OPENS, 0);
        show("bob", "cart-abandoned", Change.Kind.ENTERED, OPENS, 0);
        show("ann", "cart-abandoned", Change.Kind.EXITED, OPENS, 0);
        show("ann", "light-user", Change.Kind.ENTERED, OPENS, 0);
        show("ann", "usual-page", Change.Kind.ENTERED, OPENS, 0);
        show("ann", "usual-page", Change.Kind.UPDATED, OPENS, 0);
        view.summarise(1500, Duration.ofSeconds(30), OPENS.plusSeconds(3600));
        assertThat(lines())
                .containsSequence(
                        "segment         members  entered   exited",
                        "cart-abandoned        1        2        1",
                        "loyal-customer        0        0        0",
                        "",
                        "group           members  entered   exited",
                        "usage-level",
                        "  heavy-user          0        0        0",
                        "  light-user          1        1        0",
                        "",
                        "trait           members  entered   exited  updated",
                        "usual-page            1        1        0        1",
                        "")
                .contains("1,500 events in 30.0 s (50 events/s), 6 changes; the shop's time is 2026-03-02 11:00 UTC.");
    }

    @Test
    void newDefinitionGetsALineAndReplacedOnesKeepTheirs() throws Exception {
        show("ann", "cart-abandoned", Change.Kind.ENTERED, OPENS, 0);
        view.define(new DefinitionReader(SmallShop.VOCABULARY)
                .read(List.of(new DefinitionText("new.yaml", "segment: adder\nwhen: product_added.count() > 0\n"))));
        show("bob", "adder", Change.Kind.ENTERED, OPENS, 0);
        view.summarise(2, Duration.ofSeconds(2), OPENS);
        assertThat(lines())
                .containsSequence(
                        "adder                 1        1        0", "cart-abandoned        1        1        0");
    }

    @Test
    void countsEarlierRunsInSizesOnly() {
        view.countEarlier(change("ann", "cart-abandoned", Change.Kind.ENTERED, OPENS));
        view.summarise(0, Duration.ZERO, OPENS);
        assertThat(lines()).contains("cart-abandoned        1        0        0");
    }

    private static List<Definition> definitions() {
        String text = """
                segment: cart-abandoned
                when: cart.count() > 0
                ---
                segment: loyal-customer
                when: order_completed.count() > 3
                ---
                group: usage-level
                first:
                  heavy-user: order_completed.count() >= 5
                  light-user: order_completed.count() >= 1
                ---
                trait: usual-page
                value: page_viewed.map(p, p.url).most().value
                """;
        try {
            return new DefinitionReader(SmallShop.VOCABULARY).read(List.of(new DefinitionText("shop.yaml", text)));
        } catch (InvalidDefinitions invalid) {
            throw new AssertionError(invalid);
        }
    }

    private void show(String customer, String segment, Change.Kind kind, Instant at, long wallMillis) {
        view.show(change(customer, segment, kind, at), wallMillis);
    }

    private static Change change(String customer, String segment, Change.Kind kind, Instant at) {
        return Change.of(customer, segment, kind, at)
                .changeId("c1")
                .definitionVersion("v1")
                .build();
    }

    private List<String> lines() {
        return screen.toString().lines().toList();
    }
}
