// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TriggerWaitsTest {
    private static List<String> messages(String keys, String others) {
        return Linted.messages(Linted.text("""
                segment: cart
                when: cart.count() > 0
                ---
                trait: hour
                when: activity.count() > 0
                value: activity.map(e, e.hour).most().value
                ---
                channel: email
                consent: profile.consent.email == true
                ---
                channel: sms
                consent: profile.consent.sms == true
                ---
                trigger: late
                on: cart
                channel: email
                """ + keys + others));
    }

    private static String other(String name, String keys) {
        return "\n---\ntrigger: " + name + "\non: cart\nchannel: email\n" + keys;
    }

    @Test
    void longWaitOfHigherPriority() {
        assertThat(messages("wait: 1d\nexpires: 2d", other("usual", "priority: -1")))
                .containsExactly(
                        "17:1: warning: for 1d this trigger reserves email, and 'usual' of lower priority cannot be"
                                + " sent. Give it no higher priority, or let its segment begin later and wait less.");
        assertThat(messages("wait: 1d\nexpires: 2d\npriority: 1", other("first", "") + other("second", "")))
                .singleElement()
                .asString()
                .contains("and 'first' and 1 more of lower priority");
    }

    @Test
    void keepsNobodyWaiting() {
        assertThat(messages("wait: 1d\nexpires: 2d", other("usual", ""))).isEmpty();
        assertThat(messages("wait: 1439m\nexpires: 2d", other("usual", "priority: -1")))
                .isEmpty();
        assertThat(messages(
                        "wait: 1d\nexpires: 2d", other("usual", "priority: -1").replace("email", "sms")))
                .isEmpty();
    }

    @Test
    void mayExpireBeforeItsHour() {
        assertThat(messages("wait: 2h\nexpires: 24h\nbest_hour: {trait: hour, within: 22h}", ""))
                .containsExactly(
                        "19:1: warning: the best hour may come up to 1d after the change, when the activation has"
                                + " expired after 24h. Make 'expires' longer or 'within' shorter.");
        assertThat(messages("wait: 2h\nexpires: 24h\nbest_hour: {trait: hour, within: 1319m}", ""))
                .isEmpty();
    }
}
