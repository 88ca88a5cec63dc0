// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The letters of one endpoint that wait, in one queue for each customer: only the first of a queue is ever under way, so
 * that a customer's letters arrive in order, and nobody waits for another customer. For one thread.
 */
final class WaitingLetters {
    private final Map<String, Letter> byId = new HashMap<>();
    private final Map<String, List<Letter>> queues = new HashMap<>();
    private final PriorityQueue<Turn> turns =
            new PriorityQueue<>(Comparator.comparingLong(Turn::at).thenComparingLong(Turn::number));
    private long bytes;
    private long numbers;

    /**
     * When the first of a queue is looked at.
     *
     * @param number settles which of equal times is first
     */
    private record Turn(long at, long number, Letter letter) {}

    /** Adds a letter in the order in which decisions were made; false if it waits already. */
    boolean add(Letter letter) {
        if (byId.putIfAbsent(letter.id(), letter) != null) {
            return false;
        }
        bytes += letter.size();
        List<Letter> queue = queues.computeIfAbsent(letter.customer(), first -> new ArrayList<>(1));
        int least = !queue.isEmpty() && queue.get(0).isUnderWay() ? 1 : 0;
        int place = queue.size();
        while (place > least && isBefore(letter, queue.get(place - 1))) {
            place--;
        }
        queue.add(place, letter);
        if (place == 0) {
            arm(letter);
        }
        return true;
    }

    private static boolean isBefore(Letter some, Letter other) {
        return some.origin().partition() == other.origin().partition()
                && some.origin().offset() < other.origin().offset();
    }

    @Nullable
    Letter find(String id) {
        return byId.get(id);
    }

    /** Takes the first letter whose turn has come; null if there is none. It is under way then. */
    @Nullable
    Letter next(long now) {
        while (!turns.isEmpty() && turns.element().at() <= now) {
            Letter letter = turns.remove().letter();
            if (isFirst(letter) && !letter.isUnderWay() && letter.turnAt() <= now) {
                letter.setUnderWay(true);
                return letter;
            }
        }
        return null;
    }

    /** When the next turn comes, in milliseconds since the epoch; it may turn out to be over. */
    OptionalLong nextTurn() {
        return turns.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(turns.element().at());
    }

    private boolean isFirst(Letter letter) {
        List<Letter> queue = queues.get(letter.customer());
        return queue != null && queue.get(0) == letter;
    }

    /** The letter waits on; its next turn comes when it says. */
    void putBack(Letter letter) {
        letter.setUnderWay(false);
        if (isFirst(letter)) {
            arm(letter);
        }
    }

    /** The letter is done with; the next one of the customer gets its turn. */
    void remove(Letter letter) {
        letter.setUnderWay(false);
        letter.settle();
        if (!byId.remove(letter.id(), letter)) {
            return;
        }
        bytes -= letter.size();
        List<Letter> queue = queues.get(letter.customer());
        boolean first = isFirst(letter);
        queue.remove(letter);
        if (queue.isEmpty()) {
            queues.remove(letter.customer());
        } else if (first) {
            arm(queue.get(0));
        }
    }

    private void arm(Letter letter) {
        turns.add(new Turn(letter.turnAt(), numbers++, letter));
    }

    /** A copy of those that fulfil the condition. */
    List<Letter> all(Predicate<Letter> condition) {
        return byId.values().stream().filter(condition).toList();
    }

    List<Letter> ofCustomer(String customer) {
        return List.copyOf(queues.getOrDefault(customer, List.of()));
    }

    int count() {
        return byId.size();
    }

    /** Approximate memory. */
    long bytes() {
        return bytes;
    }
}
