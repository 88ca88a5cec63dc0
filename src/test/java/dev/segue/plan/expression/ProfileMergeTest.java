// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import static dev.segue.plan.expression.TwoHistories.START;
import static dev.segue.plan.expression.TwoHistories.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Event;
import dev.segue.plan.state.Limit;
import dev.segue.plan.state.ProfileState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProfileMergeTest {
    private static Event updated(Instant at, String id, SplittableRandom random) {
        List<String> values = new ArrayList<>();
        String origin =
                "origin=" + List.of("stated", "stated", "observed", "bought").get(random.nextInt(4));
        values.add(origin);
        if (random.nextInt(8) == 0) {
            return event(at, id, "customer_erased", origin);
        }
        if (random.nextBoolean()) {
            values.add("attributes=" + List.of("plan", "seats").get(random.nextInt(2)) + ":"
                    + List.of("", "gold", "10", "true").get(random.nextInt(4)));
        }
        if (random.nextInt(3) == 0) {
            values.add("consent=" + List.of("email", "sms").get(random.nextInt(2)) + ":" + random.nextBoolean());
        }
        if (random.nextBoolean()) {
            values.add("favourite=" + List.of("", "hats", "shirts").get(random.nextInt(3)));
        }
        if (random.nextInt(3) == 0) {
            values.add("age=" + random.nextInt(90));
        }
        if (random.nextBoolean()) {
            values.add("tags=" + List.of("vip", "news", "size").get(random.nextInt(3)) + ":"
                    + List.of("", "yes", "no").get(random.nextInt(3)));
        }
        if (random.nextInt(3) == 0) {
            values.add("cleared="
                    + List.of("tags", "age", "favourite", "tags,age", "consent", "attributes")
                            .get(random.nextInt(6)));
        }
        return event(at, id, "profile_updated", values.toArray(String[]::new));
    }

    @Test
    void latestStatementOfEachField() {
        new TwoHistories(
                        "profile.favourite",
                        "profile.age",
                        "has(profile.age)",
                        "has(profile.tags)",
                        "profile.tags.vip",
                        "'news' in profile.tags",
                        "profile.tags",
                        "profile.attributes['plan'] == 'gold'",
                        "profile.attributes['seats']",
                        "profile.attributes['seats'] > 5",
                        "has(profile.attributes)",
                        "profile.consent.email",
                        "has(profile.consent.sms)")
                .agreeOnFewEvents(ProfileMergeTest::updated);
    }

    @Test
    void laterIdWinsAtEqualTimes() {
        TwoHistories histories = new TwoHistories("profile.age", "has(profile.tags)");
        TwoHistories.Id first = histories.id(event(START, "a", "profile_updated", "age=30", "tags=vip:yes"));
        TwoHistories.Id second = histories.id(event(START, "b", "profile_updated", "age=40", "cleared=tags"));
        first.merge(second);
        assertThat(first.value("profile.age")).isEqualTo(40L);
        assertThat(first.value("has(profile.tags)")).isEqualTo(false);
    }

    @Test
    void clearingOfEarlierIdComesFirstAtEqualTimes() {
        TwoHistories histories = new TwoHistories("has(profile.tags)");
        TwoHistories.Id first = histories.id(event(START, "a", "profile_updated", "cleared=tags"));
        TwoHistories.Id second = histories.id(event(START, "b", "profile_updated", "tags=vip:yes"));
        assertThat(first.merge(second).value("has(profile.tags)")).isEqualTo(true);
    }

    @Test
    void newKeysBeyondLimitAreRejected() {
        TwoHistories histories = new TwoHistories("'k0' in profile.tags", "'other' in profile.tags");
        Event[] many = IntStream.range(0, ProfileState.CAP - 1)
                .mapToObj(key -> event(START, "e" + key, "profile_updated", "tags=k" + key + ":yes"))
                .toArray(Event[]::new);
        TwoHistories.Id united =
                histories.id(many).merge(histories.id(event(START, "o", "profile_updated", "tags=other:yes")));
        assertThat(united.limits()).containsExactly(Limit.PROFILE);
        assertThat(united.value("'k0' in profile.tags")).isEqualTo(true);
        assertThat(united.value("'other' in profile.tags")).isEqualTo(false);
    }
}
