// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventSchemas;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTest {
    private static Vocabulary vocabulary;

    @BeforeAll
    static void readVocabulary() throws Exception {
        vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
    }

    private static Event event(String type, String at, String... values) throws BadRecord {
        Map<String, Object> all = new HashMap<>(
                Map.of("customer_id", "ann", "event_id", "e", "occurred_at", "2025-11-01T" + at + "Z", "type", type));
        for (int index = 0; index < values.length; index += 2) {
            all.put(values[index], values[index + 1]);
        }
        return new EventBuilder(vocabulary).build(all);
    }

    private static Session begun(Event first) {
        return Session.of(first, first.time());
    }

    @Test
    void includesWhatIsLessThanHalfAnHourAway() throws Exception {
        Session session = begun(event("page_viewed", "10:00:00"));
        assertThat(session.includes(event("page_viewed", "10:29:59.999"))).isTrue();
        assertThat(session.includes(event("page_viewed", "10:30:00"))).isFalse();
        assertThat(session.includes(event("page_viewed", "09:30:00.001"))).isTrue();
        assertThat(session.includes(event("page_viewed", "09:30:00"))).isFalse();
    }

    @Test
    void endsHalfAnHourAfterTheLastEventHasCome() throws Exception {
        Event late = event("page_viewed", "10:00:00");
        long now = Instant.parse("2025-11-01T12:00:00Z").toEpochMilli();
        assertThat(Instant.ofEpochMilli(begun(late).endsAt())).isEqualTo("2025-11-01T10:30:00Z");
        assertThat(Instant.ofEpochMilli(Session.of(late, now).endsAt())).isEqualTo("2025-11-01T12:30:00Z");
    }

    @Test
    void landingAndExitFollowTheTimeOfEvents() throws Exception {
        Event second = event("page_viewed", "10:01:00", "path", "/b");
        Event first = event("page_viewed", "10:00:00", "path", "/a");
        Event alike = event("page_viewed", "10:01:00", "path", "/c");
        Session session = begun(second).with(first, second.time()).with(alike, second.time());
        assertThat(session.landing()).isEqualTo(new Session.View("/a", first.time()));
        assertThat(session.exit()).isEqualTo(new Session.View("/c", alike.time()));
        assertThat(session.views()).isEqualTo(3);
    }

    @Test
    void singleViewOfAPageIsABounce() throws Exception {
        Session session = begun(event("page_viewed", "10:00:00", "path", "/a"));
        assertThat(session.bounced()).isTrue();
        assertThat(session.with(event("product_viewed", "10:00:01"), 0).bounced())
                .isFalse();
        assertThat(begun(event("product_viewed", "10:00:00")).bounced()).isFalse();
    }

    @Test
    void countsOrders() throws Exception {
        Session session = begun(event("page_viewed", "10:00:00"));
        assertThat(session.orders()).isZero();
        assertThat(session.with(event("order_completed", "10:05:00"), 0).orders())
                .isOne();
    }

    @Test
    void sessionsOfOnePersonUniteUnlessTheyAreHalfAnHourApart() throws Exception {
        Session device = begun(event("page_viewed", "10:00:00", "path", "/a", "referrer", "ads"));
        Session customer = begun(event("page_viewed", "10:29:59", "path", "/b", "referrer", "mail"));
        Session both = customer.and(device);
        assertThat(both).isEqualTo(device.and(customer));
        assertThat(both.events()).isEqualTo(2);
        assertThat(both.landing().page()).isEqualTo("/a");
        assertThat(both.exit().page()).isEqualTo("/b");
        assertThat(both.referrer()).isEqualTo("ads");
        assertThat(device.and(begun(event("page_viewed", "10:30:00")))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "path, /cart, /cart",
        "url, https://shop.example/cart?x=1#top, /cart",
        "url, https://shop.example, /",
        "url, https://shop.example?from=/mail, /",
        "url, /cart?x=1, /cart",
        "name, Cart, Cart",
        "title, Your cart, Your cart",
    })
    void namesPages(String field, String value, String page) throws Exception {
        assertThat(PageName.of(event("page_viewed", "10:00:00", field, value))).isEqualTo(page);
    }

    @Test
    void cutsLongNamesBetweenCharacters() throws Exception {
        String page = PageName.of(event("page_viewed", "10:00:00", "path", "/" + "x".repeat(198) + "😀😀"));
        assertThat(page).hasSize(199);
    }

    @Test
    void pageWithoutANameIsStillAView() throws Exception {
        Session session = begun(event("page_viewed", "10:00:00"));
        assertThat(session.views()).isOne();
        assertThat(session.landing()).isNull();
        assertThat(session.bounced()).isTrue();
    }
}
