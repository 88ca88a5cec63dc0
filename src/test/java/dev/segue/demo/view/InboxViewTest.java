// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.TriggerDecision;
import dev.segue.event.TriggerDecision.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InboxViewTest {
    private static final Instant OPENS = Instant.parse("2026-03-02T10:00:00Z");

    private final StringWriter screen = new StringWriter();
    private final InboxView view = new InboxView(new PrintWriter(screen), 100, OPENS);

    @Test
    void saysWhatWasSentAndWhyNothingWas() {
        show("ann", Kind.SEND, OPENS);
        show("bob", Kind.HELD_OUT, OPENS.plusMillis(1));
        assertThat(screen.toString().lines())
                .containsExactly(
                        "10:00:00.000 SEND     ann       cart-reminder by email, for cart-abandoned: {items=[tent]}",
                        "10:00:00.001 HELD_OUT bob       cart-reminder A reason.");
    }

    @Test
    void leavesOutThePastAndWhatIsInNoInbox() {
        show("ann", Kind.SEND, OPENS.minusMillis(1));
        show("ann", Kind.WAITING, OPENS);
        assertThat(screen.toString()).isEmpty();
    }

    @Test
    void countsAllAtTheEnd() {
        for (int number = 0; number < 5; number++) {
            show("c" + number, Kind.SEND, OPENS);
        }
        show("ann", Kind.CAPPED, OPENS);
        show("c1", Kind.GOAL, OPENS);
        view.summarise();
        assertThat(screen.toString().lines().toList())
                .endsWith(
                        "trigger           sent held out   capped    goals",
                        "cart-reminder        5        0        1        1");
        assertThat(screen.toString().lines().filter(line -> line.contains("SEND")))
                .hasSize(LineBudget.LINES_OF_A_SEGMENT);
    }

    @Test
    void cutsLongLines() {
        InboxView narrow = new InboxView(new PrintWriter(screen), 60, OPENS);
        narrow.show(decision("ann", Kind.SEND, OPENS), 0);
        assertThat(screen.toString().stripTrailing()).hasSize(60).endsWith("…");
    }

    private void show(String customer, Kind kind, Instant at) {
        view.show(decision(customer, kind, at), 0);
    }

    private static TriggerDecision decision(String customer, Kind kind, Instant at) {
        return new TriggerDecision(
                "d",
                "a",
                customer,
                "cart-reminder",
                "v",
                "email",
                "cart-abandoned",
                "c",
                kind,
                true,
                at,
                at,
                at,
                null,
                null,
                "A reason.",
                null,
                null,
                kind == Kind.SEND ? Map.of("items", List.of("tent")) : Map.of());
    }
}
