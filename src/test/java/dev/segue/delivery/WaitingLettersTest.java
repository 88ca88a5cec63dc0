// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WaitingLettersTest {
    private static final long NOW = Decisions.AT.toEpochMilli();

    private final WaitingLetters letters = new WaitingLetters();

    private Letter letter(String customer, String id, long offset) {
        return new Letter(
                new Letter.Origin(0, offset, NOW), Decisions.send(customer, id).decision(), new byte[100]);
    }

    private List<String> due(long now) {
        List<String> ids = new ArrayList<>();
        for (Letter letter = letters.next(now); letter != null; letter = letters.next(now)) {
            ids.add(letter.id());
        }
        return ids;
    }

    @Test
    void onlyFirstOfEachCustomerIsDue() {
        letters.add(letter("ann", "a-1", 1));
        letters.add(letter("ann", "a-2", 2));
        letters.add(letter("bob", "b-1", 3));
        assertThat(due(NOW - 1)).isEmpty();
        assertThat(due(NOW)).containsExactly("a-1", "b-1");
        assertThat(due(NOW)).isEmpty();
        letters.remove(letters.find("a-1"));
        assertThat(due(NOW)).containsExactly("a-2");
        assertThat(letters.count()).isEqualTo(2);
    }

    @Test
    void failedLetterReturnsAtItsTimeAndHoldsUpItsCustomer() {
        Letter first = letter("ann", "a-1", 1);
        letters.add(first);
        letters.add(letter("ann", "a-2", 2));
        assertThat(due(NOW)).containsExactly("a-1");
        first.failed(NOW + 1000);
        letters.putBack(first);
        assertThat(due(NOW + 999)).isEmpty();
        assertThat(due(NOW + 1000)).containsExactly("a-1");
    }

    /** An earlier decision whose letter was parked, say. */
    @Test
    void earlierDecisionGoesFirstUnlessAnotherIsUnderWay() {
        letters.add(letter("ann", "a-5", 5));
        letters.add(letter("ann", "a-3", 3));
        assertThat(due(NOW)).containsExactly("a-3");
        letters.add(letter("ann", "a-1", 1));
        assertThat(due(NOW)).isEmpty();
        letters.remove(letters.find("a-3"));
        assertThat(due(NOW)).containsExactly("a-1");
    }

    @Test
    void expiryIsTurn() {
        Letter letter = new Letter(
                new Letter.Origin(0, 1, NOW),
                Decisions.send("ann", "a-1").expiresAfter(Duration.ofMinutes(1)).decision(),
                new byte[1]);
        letters.add(letter);
        assertThat(due(NOW)).containsExactly("a-1");
        letter.failed(NOW + Duration.ofHours(5).toMillis());
        letters.putBack(letter);
        assertThat(due(NOW + 59_999)).isEmpty();
        assertThat(due(NOW + 60_000)).containsExactly("a-1");
    }

    @Test
    void sameLetterIsAddedOnceAndSizesReturnToZero() {
        Letter letter = letter("ann", "a-1", 1);
        assertThat(letters.add(letter)).isTrue();
        assertThat(letters.add(letter("ann", "a-1", 9))).isFalse();
        assertThat(letters.bytes()).isEqualTo(letter.size());
        letters.remove(letter);
        letters.remove(letter);
        assertThat(letters.bytes()).isZero();
        assertThat(letters.count()).isZero();
    }

    @Test
    void offsetWaitsForFirstThatIsNotDone() {
        OwnedPartition partition = new OwnedPartition(0, 10, 10);
        AtomicBoolean first = new AtomicBoolean();
        AtomicBoolean second = new AtomicBoolean();
        partition.await(11, first::get);
        partition.await(13, second::get);
        partition.read(14);
        assertThat(partition.committable()).isEqualTo(11);
        second.set(true);
        assertThat(partition.committable()).isEqualTo(11);
        first.set(true);
        assertThat(partition.committable()).isEqualTo(15);
    }
}
