// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.value.Millionths;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AggregateStatesTest {
    private static final byte[] FIVE = {5};

    private final AggregateStates states = new AggregateStates();
    private final List<String> done = new ArrayList<>();

    private static Total total(long count) {
        return new Total(count, Millionths.ZERO);
    }

    /** The count of a total as one byte. */
    private byte[] write(AggregateState state) {
        done.add("written");
        return new byte[] {(byte) ((Total) state).count()};
    }

    private AggregateState read(byte[] bytes) {
        done.add("read");
        return total(bytes[0]);
    }

    private List<Integer> ids() {
        List<Integer> ids = new ArrayList<>();
        for (int index = 0; index < states.size(); index++) {
            ids.add(states.id(index));
        }
        return ids;
    }

    @Test
    void keepsIdsInAscendingOrder() {
        for (int id : new int[] {7, 3, 9, 1, 5}) {
            states.put(id, total(id));
        }
        assertThat(ids()).containsExactly(1, 3, 5, 7, 9);
    }

    @Test
    void findsAddedState() {
        Total seven = total(7);
        states.put(3, total(3));
        states.put(7, seven);
        assertThat(states.find(7)).isSameAs(seven);
    }

    @Test
    void findsEachOfManyHoweverTheIdsAreSpread() {
        int[] ids = {Integer.MIN_VALUE, -2_000_000_000, -1, 0, 1, 2, 3, 4, 5, 2_000_000_000, Integer.MAX_VALUE};
        for (int id : ids) {
            states.put(id, total(id));
        }
        for (int id : ids) {
            assertThat(states.find(id))
                    .isInstanceOfSatisfying(
                            Total.class, found -> assertThat(found.count()).isEqualTo(id));
        }
        assertThat(states.find(-2)).isNull();
        assertThat(states.find(6)).isNull();
        assertThat(states.find(Integer.MAX_VALUE - 1)).isNull();
    }

    @Test
    void findsNothingForEmptyAggregate() {
        states.put(3, total(3));
        assertThat(states.find(2)).isNull();
        assertThat(states.find(4)).isNull();
    }

    @Test
    void refusesSecondStateOfAggregate() {
        states.put(3, total(3));
        states.put(5, total(5));
        assertThatThrownBy(() -> states.put(3, total(4))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> states.put(5, total(4))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void dropsAggregatesOutsidePlan() {
        for (int id = 1; id <= 4; id++) {
            states.put(id, total(id));
        }
        states.retain(id -> id % 2 == 0);
        assertThat(ids()).containsExactly(2, 4);
        assertThat(states.find(1)).isNull();
    }

    @Test
    void acceptsDroppedAggregateAgain() {
        states.put(1, total(1));
        states.retain(id -> false);
        Total again = total(2);
        states.put(1, again);
        assertThat(states.find(1)).isSameAs(again);
    }

    @Test
    void decodesOnFirstUse() {
        states.putStored(3, FIVE, this::read);
        assertThat(done).isEmpty();
        assertThat(((Total) states.state(0)).count()).isEqualTo(5);
        assertThat(states.find(3)).isSameAs(states.state(0));
        assertThat(done).containsExactly("read");
    }

    @Test
    void doesNotEncodeUnreadAgain() {
        states.putStored(3, FIVE, this::read);
        assertThat(states.stored(0, this::write)).isSameAs(FIVE);
        assertThat(done).isEmpty();
    }

    @Test
    void doesNotEncodeUnchangedAgain() {
        states.putStored(3, FIVE, this::read);
        assertThat(((Total) states.state(0)).count()).isEqualTo(5);
        assertThat(states.stored(0, this::write)).isSameAs(FIVE);
        assertThat(done).containsExactly("read");
    }

    @Test
    void encodesChangedAgain() {
        states.putStored(3, FIVE, this::read);
        ((Total) states.state(0)).add(1.0);
        assertThat(states.stored(0, this::write)).containsExactly(6);
        assertThat(done).containsExactly("read", "written");
    }

    @Test
    void encodesUnchangedOnce() {
        states.put(3, total(5));
        byte[] written = states.stored(0, this::write);
        assertThat(states.stored(0, this::write)).isSameAs(written);
        assertThat(done).containsExactly("written");
    }

    @Test
    void takenStateIsGone() {
        Total three = total(3);
        states.put(3, three);
        states.put(7, total(7));
        assertThat(states.take(3)).isSameAs(three);
        assertThat(states.take(3)).isNull();
        assertThat(ids()).containsExactly(7);
    }

    @Test
    void takenStateIsReadFirst() {
        states.putStored(3, FIVE, this::read);
        assertThat(states.take(3))
                .isInstanceOfSatisfying(
                        Total.class, total -> assertThat(total.count()).isEqualTo(5));
    }
}
