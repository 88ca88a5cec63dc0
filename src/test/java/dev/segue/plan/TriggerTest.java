// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.TriggerDecision;
import dev.segue.story.PlanStage;
import org.junit.jupiter.api.Test;

/** Each key of a trigger, on both sides of its border. States are bytes between two steps. */
class TriggerTest {
    private static final String CART = """
            segment: cart
            when: product_added.within('1h').count() > 0
            """;

    private static final String EMAIL = """
            channel: email
            consent: profile.consent.email == true
            """;

    private static final String OPEN = "channel: email\nconsent: 'true'\n";

    private static Scenario scenario(String... definitions) {
        return Scenario.on(new PlanStage(Scenario.compile(definitions), true));
    }

    private static String reminder(String keys) {
        return "trigger: reminder\non: cart\nchannel: email\n" + keys;
    }

    @Test
    void sendsAtTheInstantOfTheChange() {
        Scenario scenario = scenario(CART, OPEN, reminder("send: {items: 'cart.map(i, i.product_id)'}\n"))
                .event("2025-11-01T10:00:00Z", "ann", "product_added", "product_id=p1");
        TriggerDecision sent = scenario.decisions().get(0);
        assertThat(sent.kind()).isEqualTo(TriggerDecision.Kind.SEND);
        assertThat(sent.isFinal()).isTrue();
        assertThat(sent.decidedAt()).isEqualTo("2025-11-01T10:00:00Z");
        assertThat(sent.expiresAt()).isEqualTo("2025-11-02T10:00:00Z");
        assertThat(sent.changeId()).isEqualTo(scenario.changes().get(0).changeId());
        assertThat(sent.payload()).containsEntry("items", java.util.List.of("p1"));
        assertThat(sent.arm()).isEqualTo(TriggerDecision.Arm.TREATMENT);
    }

    @Test
    void waitsToTheMillisecond() {
        scenario(CART, OPEN, reminder("wait: 10m"))
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .expectDecisions("ann reminder WAITING 2025-11-01T10:00:00Z until 2025-11-01T10:10:00Z")
                .timeIs("2025-11-01T10:09:59.999Z")
                .expectDecisions()
                .timeIs("2025-11-01T10:30:00Z")
                .expectDecisions("ann reminder SEND 2025-11-01T10:10:00Z");
    }

    @Test
    void leavingTheSegmentCancels() {
        scenario(CART, OPEN, reminder("wait: 1h"))
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .timeIs("2025-11-01T12:00:00Z")
                .expectDecisions(
                        "ann reminder WAITING 2025-11-01T10:00:00Z until 2025-11-01T11:00:00Z",
                        "ann reminder CANCELLED 2025-11-01T11:00:00Z");
    }

    @Test
    void cancelHolds() {
        scenario(CART, OPEN, reminder("wait: 10m\ncancel: cart.count() == 0"))
                .event("2025-11-01T10:00:00Z", "ann", "product_added", "product_id=p1")
                .expectDecisions("ann reminder WAITING 2025-11-01T10:00:00Z until 2025-11-01T10:10:00Z")
                .event("2025-11-01T10:09:59.999Z", "ann", "product_removed", "product_id=p1")
                .expectDecisions("ann reminder CANCELLED 2025-11-01T10:09:59.999Z")
                .timeIs("2025-11-01T10:30:00Z")
                .expectDecisions();
    }

    @Test
    void expires() {
        scenario(CART, EMAIL, reminder("expires: 30m"))
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .expectDecisions("ann reminder NO_CONSENT 2025-11-01T10:00:00Z")
                .timeIs("2025-11-01T10:29:59.999Z")
                .expectDecisions()
                .timeIs("2025-11-01T10:30:00Z")
                .expectDecisions("ann reminder EXPIRED 2025-11-01T10:30:00Z");
    }

    @Test
    void consentThatComesInTimeSends() {
        scenario(CART, EMAIL, reminder("expires: 30m"))
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .event("2025-11-01T10:29:59.999Z", "ann", "profile_updated", "consent=email:true")
                .expectDecisions(
                        "ann reminder NO_CONSENT 2025-11-01T10:00:00Z", "ann reminder SEND 2025-11-01T10:29:59.999Z");
    }

    @Test
    void consentOfTheChannelMayReadASegment() {
        scenario(
                        CART,
                        "segment: busy\nwhen: page_viewed.within('10m').count() > 0",
                        "channel: email\nconsent: '!in_segment(''busy'')'",
                        reminder(""))
                .event("2025-11-01T10:00:00Z", "ann", "page_viewed")
                .event("2025-11-01T10:05:00Z", "ann", "product_added")
                .timeIs("2025-11-01T10:30:00Z")
                .expectDecisions(
                        "ann reminder NO_CONSENT 2025-11-01T10:05:00Z", "ann reminder SEND 2025-11-01T10:10:00Z");
    }

    @Test
    void whenMustHold() {
        scenario(CART, OPEN, reminder("when: product_added.count() >= 2"))
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .expectDecisions("ann reminder WAITING 2025-11-01T10:00:00Z")
                .event("2025-11-01T10:20:00Z", "ann", "product_added")
                .expectDecisions("ann reminder SEND 2025-11-01T10:20:00Z");
    }

    @Test
    void quietHoursEndByTheCustomersClock() {
        scenario(CART.replace("1h", "1d"), OPEN, reminder("quiet: {from: '21:00', to: '08:00'}"))
                .event("2025-11-01T10:00:00Z", "ann", "profile_updated", "timezone=Asia/Tokyo")
                .event("2025-11-01T11:59:59.999Z", "ann", "product_added")
                .expectDecisions("ann reminder SEND 2025-11-01T11:59:59.999Z")
                .event("2025-11-01T10:00:00Z", "bob", "profile_updated", "timezone=Asia/Tokyo")
                .event("2025-11-01T12:00:00Z", "bob", "product_added")
                .expectDecisions("bob reminder QUIET 2025-11-01T12:00:00Z until 2025-11-01T23:00:00Z")
                .timeIs("2025-11-01T23:00:00Z")
                .expectDecisions("bob reminder SEND 2025-11-01T23:00:00Z");
    }

    @Test
    void onlyTheNightAfterACapMatters() {
        scenario(
                        CART.replace("1h", "10m"),
                        OPEN,
                        reminder("quiet: {from: '21:00', to: '08:00'}\ncap: {at_most: 1, per: 14h}")
                                .replace("on: cart", "on: {segment: cart, change: EXITED}"))
                .event("2025-11-01T20:00:00Z", "ann", "product_added")
                .event("2025-11-01T20:40:00Z", "ann", "product_added")
                .timeIs("2025-11-02T12:00:00Z")
                .expectDecisions(
                        "ann reminder SEND 2025-11-01T20:10:00Z",
                        "ann reminder CAPPED 2025-11-01T20:50:00Z until 2025-11-02T10:10:00Z",
                        "ann reminder SEND 2025-11-02T10:10:00Z");
    }

    @Test
    void whatACapDropsIsAskedByDay() {
        scenario(
                        CART.replace("1h", "10m"),
                        OPEN,
                        reminder("quiet: {from: '21:00', to: '08:00'}\ncap: {at_most: 1, per: 2h}\nover_cap: drop")
                                .replace("on: cart", "on: {segment: cart, change: EXITED}"))
                .event("2025-11-01T20:00:00Z", "ann", "product_added")
                .event("2025-11-01T20:55:00Z", "ann", "product_added")
                .timeIs("2025-11-02T12:00:00Z")
                .expectDecisions(
                        "ann reminder SEND 2025-11-01T20:10:00Z",
                        "ann reminder QUIET 2025-11-01T21:05:00Z until 2025-11-02T08:00:00Z",
                        "ann reminder SEND 2025-11-02T08:00:00Z");
    }

    @Test
    void movingToAnotherZoneEndsTheNight() {
        scenario(CART.replace("1h", "1d"), OPEN, reminder("quiet: {from: '21:00', to: '08:00'}"))
                .event("2025-11-01T22:00:00Z", "ann", "product_added")
                .expectDecisions("ann reminder QUIET 2025-11-01T22:00:00Z until 2025-11-02T08:00:00Z")
                .event("2025-11-01T22:00:01Z", "ann", "profile_updated", "timezone=Asia/Tokyo")
                .expectDecisions("ann reminder QUIET 2025-11-01T22:00:01Z until 2025-11-01T23:00:00Z")
                .event("2025-11-01T22:00:02Z", "ann", "profile_updated", "timezone=America/New_York")
                .expectDecisions("ann reminder SEND 2025-11-01T22:00:02Z");
    }

    @Test
    void bestHourComesWithinItsTime() {
        String[] definitions = {
            CART.replace("1h", "2d"),
            OPEN,
            "trait: hour\nwhen: profile.age >= 0 && activity.count() > 0\nvalue: profile.age",
            reminder("wait: 30m\nbest_hour: {trait: hour, within: 6h}")
        };
        scenario(definitions)
                .event("2025-11-01T10:00:00Z", "ann", "profile_updated", "age=16")
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .expectDecisions("ann reminder WAITING 2025-11-01T10:00:00Z until 2025-11-01T16:00:00Z")
                .event("2025-11-01T10:01:00Z", "ann", "profile_updated", "age=17")
                .expectDecisions("ann reminder WAITING 2025-11-01T10:01:00Z until 2025-11-01T10:30:00Z")
                .timeIs("2025-11-01T10:30:00Z")
                .expectDecisions("ann reminder SEND 2025-11-01T10:30:00Z");
    }

    @Test
    void rollingCapFreesExactlyAfterItsTime() {
        scenario(CART, OPEN, reminder("cap: {at_most: 1, per: 2h}"))
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .expectDecisions("ann reminder SEND 2025-11-01T10:00:00Z")
                .event("2025-11-01T11:30:00Z", "ann", "product_added")
                .expectDecisions("ann reminder CAPPED 2025-11-01T11:30:00Z until 2025-11-01T12:00:00Z")
                .timeIs("2025-11-01T12:00:00Z")
                .expectDecisions("ann reminder SEND 2025-11-01T12:00:00Z");
    }

    @Test
    void capDrops() {
        scenario(CART, OPEN, reminder("cap: {at_most: 1, per: day}\nover_cap: drop"))
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .event("2025-11-01T23:59:59.999Z", "ann", "product_added")
                .event("2025-11-02T02:00:00Z", "ann", "product_added")
                .expectDecisions(
                        "ann reminder SEND 2025-11-01T10:00:00Z",
                        "ann reminder CAPPED 2025-11-01T23:59:59.999Z",
                        "ann reminder SEND 2025-11-02T02:00:00Z");
    }

    @Test
    void capOfTheChannelCountsAllTriggers() {
        scenario(
                        CART,
                        "channel: email\nconsent: 'true'\ncap: {at_most: 1, per: 30m}",
                        reminder("priority: 1"),
                        reminder("").replace("reminder", "second"))
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .expectDecisions(
                        "ann reminder SEND 2025-11-01T10:00:00Z",
                        "ann second CAPPED 2025-11-01T10:00:00Z until 2025-11-01T10:30:00Z")
                .timeIs("2025-11-01T10:30:00Z")
                .expectDecisions("ann second SEND 2025-11-01T10:30:00Z");
    }

    @Test
    void whatIsSentLastsForTheCapsOfOthers() {
        scenario(
                        CART,
                        "segment: viewer\nwhen: page_viewed.count() > 0",
                        "channel: email\nconsent: 'true'\ncap: {at_most: 2, per: day}",
                        reminder("priority: 5\ncap: {at_most: 1, per: 10h}"),
                        "trigger: second\non: viewer\nchannel: email")
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .event("2025-11-01T11:30:00Z", "ann", "product_added")
                .event("2025-11-01T12:00:00Z", "ann", "page_viewed")
                .expectDecisions(
                        "ann reminder SEND 2025-11-01T10:00:00Z",
                        "ann reminder CAPPED 2025-11-01T11:30:00Z until 2025-11-01T20:00:00Z",
                        "ann second SEND 2025-11-01T12:00:00Z",
                        "ann reminder CAPPED 2025-11-01T12:00:00Z until 2025-11-02T00:00:00Z");
    }

    @Test
    void higherPriorityReservesTheChannel() {
        scenario(CART, OPEN, reminder("wait: 20m\npriority: 5"), reminder("").replace("reminder", "second"))
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .expectDecisions(
                        "ann reminder WAITING 2025-11-01T10:00:00Z until 2025-11-01T10:20:00Z",
                        "ann second OUTRANKED 2025-11-01T10:00:00Z")
                .timeIs("2025-11-01T10:20:00Z")
                .expectDecisions("ann reminder SEND 2025-11-01T10:20:00Z", "ann second SEND 2025-11-01T10:20:00Z");
    }

    @Test
    void ofEqualPriorityTheFirstByNameSends() {
        scenario(
                        CART,
                        "segment: inner\nwhen: in_segment('cart')",
                        "channel: email\nconsent: 'true'\ncap: {at_most: 1, per: 30m}",
                        reminder("").replace("reminder", "a").replace("cart", "inner"),
                        reminder("").replace("reminder", "b"))
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .expectDecisions(
                        "ann a SEND 2025-11-01T10:00:00Z",
                        "ann b CAPPED 2025-11-01T10:00:00Z until 2025-11-01T10:30:00Z");
    }

    @Test
    void aChangeBeginsOneActivationThoughWhatItSendsChangesTheAnswerOfOthers() {
        scenario(
                        CART.replace("1h", "1m"),
                        "segment: viewer\nwhen: page_viewed.count() > 0",
                        "channel: email\nconsent: 'true'\ncap: {at_most: 2, per: 2h}",
                        reminder("priority: 1\ncap: {at_most: 1, per: 1h}")
                                .replace("on: cart", "on: {segment: cart, change: EXITED}"),
                        reminder("").replace("reminder", "second").replace("cart", "viewer"))
                .event("2025-11-01T09:59:00Z", "ann", "product_added")
                .event("2025-11-01T10:10:00Z", "ann", "product_added")
                .timeIs("2025-11-01T10:20:00Z")
                .expectDecisions(
                        "ann reminder SEND 2025-11-01T10:00:00Z",
                        "ann reminder CAPPED 2025-11-01T10:11:00Z until 2025-11-01T11:00:00Z")
                .event("2025-11-01T10:30:00Z", "ann", "page_viewed")
                .expectDecisions(
                        "ann second SEND 2025-11-01T10:30:00Z",
                        "ann reminder CAPPED 2025-11-01T10:30:00Z until 2025-11-01T12:00:00Z");
    }

    @Test
    void heldOutStaysHeldOutAndSendsNothing() {
        Scenario scenario = scenario(CART, OPEN, reminder("holdout: 50\ngoal: {event: order_completed, within: 1h}"));
        for (int number = 0; number < 40; number++) {
            scenario.event("2025-11-01T10:00:00Z", "c" + number, "product_added");
        }
        long held = scenario.decisions().stream()
                .filter(decision -> decision.kind() == TriggerDecision.Kind.HELD_OUT)
                .count();
        assertThat(held).isBetween(8L, 32L);
    }

    @Test
    void goalWithinItsWindow() {
        String goal = reminder("goal: {event: order_completed, within: 1h, value: total}");
        Scenario scenario = scenario(CART, OPEN, goal)
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "total=1")
                .expectDecisions("ann reminder SEND 2025-11-01T10:00:00Z")
                .event("2025-11-01T10:59:59.999Z", "ann", "order_completed", "total=12.5")
                .event("2025-11-01T10:59:59.999Z", "ann", "order_completed", "total=13.5");
        TriggerDecision reached = scenario.decisions().get(0);
        assertThat(reached.kind()).isEqualTo(TriggerDecision.Kind.GOAL);
        assertThat(reached.goal()).isEqualTo(new TriggerDecision.Goal("e3", 12.5));
        scenario.timeIs("2025-11-01T12:00:00Z").expectDecisions();
    }

    @Test
    void eventAtTheEndOfTheWindowIsTooLate() {
        scenario(CART, OPEN, reminder("goal: {event: order_completed, within: 1h}"))
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .event("2025-11-01T11:00:00Z", "ann", "order_completed")
                .expectDecisions("ann reminder SEND 2025-11-01T10:00:00Z", "ann reminder NO_GOAL 2025-11-01T11:00:00Z");
    }

    @Test
    void exitBeginsAndComingBackCancels() {
        scenario(CART, OPEN, "trigger: left\non: {segment: cart, change: EXITED}\nchannel: email\nwait: 1h")
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .timeIs("2025-11-01T11:00:00Z")
                .expectDecisions("ann left WAITING 2025-11-01T11:00:00Z until 2025-11-01T12:00:00Z")
                .event("2025-11-01T11:30:00Z", "ann", "product_added")
                .expectDecisions("ann left CANCELLED 2025-11-01T11:30:00Z");
    }

    @Test
    void removedTriggerCancels() {
        scenario(CART, OPEN, reminder("wait: 10m"))
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .expectDecisions("ann reminder WAITING 2025-11-01T10:00:00Z until 2025-11-01T10:10:00Z")
                .timeIs("2025-11-01T10:01:00Z")
                .becomes(CART, OPEN)
                .expectDecisions("ann reminder CANCELLED 2025-11-01T10:01:00Z");
    }

    @Test
    void anEditMovesWhatWaitsToAnotherChannel() {
        String push = OPEN.replace("email", "push");
        Scenario scenario = scenario(CART, OPEN, push, reminder("wait: 10m"))
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .becomes(CART, OPEN, push, reminder("wait: 10m").replace("email", "push"))
                .timeIs("2025-11-01T10:10:00Z");
        assertThat(scenario.decisions().stream().map(TriggerDecision::channel)).containsExactly("email", "push");
    }

    @Test
    void whatAnEditPutsInBeginsNothing() {
        scenario(
                        CART.replace("product_added", "page_viewed"),
                        OPEN,
                        reminder(""),
                        "segment: x\nwhen: product_added.within('1h').count() > 5")
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .timeIs("2025-11-01T10:01:00Z")
                .becomes(CART, OPEN, reminder(""), "segment: x\nwhen: product_added.within('1h').count() > 5")
                .expectDecisions()
                .event("2025-11-01T12:01:00Z", "ann", "product_added")
                .expectDecisions("ann reminder SEND 2025-11-01T12:01:00Z");
    }

    @Test
    void erasureCancelsWhatMayNotHaveBeenDelivered() {
        String[] definitions = {CART, OPEN, reminder("expires: 3h\ngoal: {event: order_completed, within: 1h}")};
        scenario(definitions)
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .event("2025-11-01T12:59:59.999Z", "ann", "customer_erased")
                .expectDecisions(
                        "ann reminder SEND 2025-11-01T10:00:00Z",
                        "ann reminder NO_GOAL 2025-11-01T11:00:00Z",
                        "ann reminder CANCELLED 2025-11-01T12:59:59.999Z");
        scenario(definitions)
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .event("2025-11-01T13:00:00Z", "ann", "customer_erased")
                .expectDecisions("ann reminder SEND 2025-11-01T10:00:00Z", "ann reminder NO_GOAL 2025-11-01T11:00:00Z");
    }

    @Test
    void erasureCancels() {
        scenario(CART, OPEN, reminder("wait: 10m"))
                .event("2025-11-01T10:00:00Z", "ann", "product_added")
                .event("2025-11-01T10:01:00Z", "ann", "customer_erased")
                .expectDecisions(
                        "ann reminder WAITING 2025-11-01T10:00:00Z until 2025-11-01T10:10:00Z",
                        "ann reminder CANCELLED 2025-11-01T10:01:00Z");
    }
}
