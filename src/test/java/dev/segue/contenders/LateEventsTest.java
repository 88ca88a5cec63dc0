// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.demo.ShopEvents;
import dev.segue.event.Event;
import dev.segue.serde.event.EventSchemas;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No event is lost or repeated, and late events stay within the stated delay. */
class LateEventsTest {
    private static final long SEED = 1;
    private static final int EVENTS = 5000;
    private static final int SHOPPERS = 500;

    private final List<Event> happened = new ArrayList<>();
    private final List<Event> came = new ArrayList<>();

    LateEventsTest() throws Exception {
        ShopEvents shop =
                new ShopEvents(EventSchemas.read(Path.of("schemas", "events")).vocabulary(), SEED, SHOPPERS);
        LateEvents late = new LateEvents(SEED, came::add);
        for (int number = 0; number < EVENTS; number++) {
            Event event = shop.next();
            happened.add(event);
            late.accept(event);
        }
        late.end();
    }

    @Test
    void allArriveOnce() {
        assertThat(came).containsExactlyInAnyOrderElementsOf(happened);
    }

    @Test
    void oneOfTwentyIsLateByMinuteToDay() {
        long latest = Long.MIN_VALUE;
        int late = 0;
        for (Event event : came) {
            late += event.time() < latest ? 1 : 0;
            latest = Math.max(latest, event.time());
            assertThat(latest - event.time())
                    .isLessThanOrEqualTo(Duration.ofDays(1).toMillis());
        }
        // Some are held back while nothing else happens, so they are not late.
        assertThat(late).isBetween(EVENTS / 40, EVENTS * 7 / 100);
    }

    @Test
    void sameSeedDelaysSameEvents() {
        List<Event> again = new ArrayList<>();
        LateEvents late = new LateEvents(SEED, again::add);
        happened.forEach(late::accept);
        late.end();
        assertThat(again).isEqualTo(came);
    }
}
