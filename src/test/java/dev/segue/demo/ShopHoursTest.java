// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.demo.shop.ShopSettings;
import dev.segue.demo.shop.SimulatedShop;
import dev.segue.event.Event;
import dev.segue.serde.event.EventSchemas;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShopHoursTest {
    private static final Instant OPENS = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant WALL = Instant.parse("2026-03-30T12:00:00Z");

    private final List<Event> sent = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private final ShopClock clock = new ShopClock(OPENS.minus(ShopSettings.USUAL_PAST));
    private final RunningWall wall = new RunningWall();
    private SimulatedShop shop;

    @BeforeEach
    void openShop() throws Exception {
        shop = new SimulatedShop(
                EventSchemas.read(Path.of("schemas", "events")).vocabulary(), ShopSettings.usual(7, OPENS));
    }

    @Test
    void advancesClockOnlyAfterEventsAreProcessed() throws Exception {
        hours().catchUp(OPENS);
        assertThat(sent).isNotEmpty();
        assertThat(steps.subList(steps.size() - 2, steps.size())).containsExactly("acknowledged", "taken");
        assertThat(clock.instant()).isEqualTo(OPENS);
        assertThat(shop.nextTime()).isGreaterThan(clock.millis());
    }

    @Test
    void noEventIsLate() throws Exception {
        ShopHours hours = hours();
        hours.catchUp(OPENS);
        sent.clear();
        List<Long> clockAtTheEnd = new ArrayList<>(List.of(clock.millis()));
        hours.run(new TimeLapse(60_000, OPENS, wall.instant()), () -> {
            long before = clockAtTheEnd.get(clockAtTheEnd.size() - 1);
            assertThat(sent).allSatisfy(event -> assertThat(event.time()).isBetween(before + 1, clock.millis()));
            sent.clear();
            clockAtTheEnd.add(clock.millis());
            if (clockAtTheEnd.size() > 5) {
                hours.close();
            }
        });
        assertThat(hours.sent()).isGreaterThan(2000);
        assertThat(clock.instant()).isAfter(OPENS);
    }

    @Test
    void noEventIsAheadOfWallClock() throws Exception {
        while (shop.nextTime() < OPENS.toEpochMilli()) {
            shop.next();
        }
        wall.now = Instant.ofEpochMilli(shop.nextTime()).plusSeconds(300);
        ShopHours hours = hours();
        int[] rounds = {0};
        hours.run(new TimeLapse(100_000, OPENS, wall.instant()), () -> {
            assertThat(sent).allSatisfy(event -> assertThat(event.time()).isLessThanOrEqualTo(wall.now.toEpochMilli()));
            if (++rounds[0] == 5) {
                hours.close();
            }
        });
        assertThat(sent).isNotEmpty();
        assertThat(clock.instant()).isBeforeOrEqualTo(wall.now);
    }

    private ShopHours hours() {
        return new ShopHours(shop, clock, wall, sent::add, () -> steps.add("acknowledged"), () -> {
            steps.add("taken");
            return Long.MAX_VALUE;
        });
    }

    /** A wall clock that advances by a tenth of a second whenever it is read. */
    private static final class RunningWall implements InstantSource {
        private Instant now = WALL;

        @Override
        public Instant instant() {
            now = now.plusMillis(100);
            return now;
        }
    }
}
