// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.value.Millionths;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderTest {
    private static Order order(long time, long total, Map<String, Object> fields) {
        return new Order(time, "o1", time, Millionths.of(total), fields, List.of());
    }

    private static Order order(long time, long total) {
        return order(time, total, Map.of());
    }

    @Test
    void keepsTimeOfFirstAnnouncement() {
        assertThat(order(10, 1).announced(order(20, 1)).time()).isEqualTo(10);
        assertThat(order(20, 1).announced(order(10, 1)).time()).isEqualTo(10);
    }

    @Test
    void hasContentOfLatestAnnouncement() {
        assertThat(order(10, 1).announced(order(20, 2)).total()).isEqualTo(Millionths.of(2L));
    }

    @Test
    void lateFirstAnnouncementKeepsContent() {
        assertThat(order(20, 2).announced(order(10, 1)).total()).isEqualTo(Millionths.of(2L));
    }

    @Test
    void laterArrivalWinsAtEqualTimes() {
        assertThat(order(10, 1).announced(order(10, 2)).total()).isEqualTo(Millionths.of(2L));
    }

    @Test
    void announcementInBetweenChangesNothing() {
        Order known = order(10, 1).announced(order(30, 3));
        assertThat(known.announced(order(20, 2))).isEqualTo(known);
    }

    @Test
    void hasHourAndDayOfFirstAnnouncement() {
        Order first = order(10, 1, Map.of("hour", 9L, "weekday", 1L, "day", 20_000L));
        Order again = order(20, 1, Map.of("hour", 23L, "weekday", 2L, "day", 20_001L));
        assertThat(first.announced(again).fields()).isEqualTo(first.fields());
        assertThat(again.announced(first).fields()).isEqualTo(first.fields());
    }

    @Test
    void unsetsFieldMissingInLatestAnnouncement() {
        Order first = order(10, 1, Map.of("coupon", "A", "channel", "app"));
        Order again = order(20, 1, Map.of("channel", "web"));
        assertThat(first.announced(again).fields()).isEqualTo(Map.of("channel", "web"));
    }

    @Test
    void equalContentLooksAlikeWhateverItsTime() {
        Order order = order(10, 1);
        assertThat(order.looksLike(order.announced(order(20, 1)))).isTrue();
        assertThat(order.looksLike(order.announced(order(20, 2)))).isFalse();
    }

    @Test
    void hasQuantityOfEachLine() {
        List<OrderLine> lines = List.of(new OrderLine(Map.of(), 1_000_000), new OrderLine(Map.of(), 500_000));
        Order order = new Order(10, "o1", 10, null, Map.of(), lines);
        assertThat(order.quantities()).containsExactly(1_000_000, 500_000);
    }
}
