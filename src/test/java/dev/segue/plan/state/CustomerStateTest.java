// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Fields;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomerStateTest {
    private final CustomerState state = new CustomerState("ann");

    private static Membership membership(String segment, long enteredAt, String group) {
        return new Membership(segment, "v1", enteredAt, 0, group, null);
    }

    private static Membership membership(String segment) {
        return membership(segment, 10, null);
    }

    @Test
    void keepsMembershipsInOrderOfName() {
        List.of("b", "c", "a").forEach(segment -> state.enter(membership(segment)));
        assertThat(state.memberships()).extracting(Membership::segment).containsExactly("a", "b", "c");
    }

    @Test
    void hasOneMembershipPerSegment() {
        state.enter(membership("a", 10, null));
        state.enter(membership("a", 20, null));
        assertThat(state.memberships()).containsExactly(membership("a", 20, null));
    }

    @Test
    void hasNoMembershipAfterLeaving() {
        state.enter(membership("a"));
        state.leave("a");
        assertThat(state.membership("a")).isNull();
    }

    @Test
    void findsChoiceOfGroup() {
        state.enter(membership("a"));
        state.enter(membership("heavy-user", 10, "usage"));
        assertThat(state.membershipOfGroup("usage")).isEqualTo(membership("heavy-user", 10, "usage"));
        assertThat(state.membershipOfGroup("value")).isNull();
    }

    @Test
    void waitsOncePerSegment() {
        state.await(new Waiting("a", 10, Waiting.UNSET));
        state.await(new Waiting("a", Waiting.UNSET, 20));
        assertThat(state.waiting()).containsExactly(new Waiting("a", Waiting.UNSET, 20));
    }

    @Test
    void stopsWaiting() {
        state.await(new Waiting("a", 10, Waiting.UNSET));
        state.await(new Waiting("b", 10, Waiting.UNSET));
        state.stopAwaiting("a");
        assertThat(state.waiting("a")).isNull();
        assertThat(state.waiting("b")).isNotNull();
    }

    private byte[] stored() {
        return state.storedMemberships(memberships -> new byte[] {(byte) memberships.size()});
    }

    @Test
    void writesUnchangedMembershipsOnce() {
        state.enter(membership("a"));
        byte[] written = stored();
        state.leave("b");
        assertThat(stored()).isSameAs(written);
    }

    @Test
    void writesMembershipsAgainAfterEntryAndExit() {
        assertThat(stored()).containsExactly(0);
        state.enter(membership("a"));
        assertThat(stored()).containsExactly(1);
        state.leave("a");
        assertThat(stored()).containsExactly(0);
    }

    @Test
    void keepsStoredWatchDifferences() {
        state.restoreWatches(null, new int[] {3});
        assertThat(state.watchDifferences()).containsExactly(3);
        state.setWatched(WatchedTerms.none(10));
        assertThat(state.watchDifferences()).isEmpty();
        state.setWatched(null);
        assertThat(state.watchDifferences()).isNull();
    }

    private static Event event(Instant at) {
        EventType viewed = new EventType("page_viewed", List.of(), true);
        Object[] values = new Object[viewed.record().fields().size()];
        values[CommonFields.EVENT_ID] = "e1";
        values[CommonFields.OCCURRED_AT] = at;
        return new Event(viewed, "ann", new Fields(viewed.record(), values));
    }

    @Test
    void historySpansEarliestToLatestEvent() {
        CustomerState.History history = CustomerState.History.NONE
                .with(event(Instant.ofEpochMilli(20)))
                .with(event(Instant.ofEpochMilli(30)))
                .with(event(Instant.ofEpochMilli(10)));
        assertThat(history).isEqualTo(new CustomerState.History(3, 10, 30, 0));
    }
}
