// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.plan.state.CustomerState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** The customers for whom time, or facts of products, may change a result, by the instant at which they may. */
final class DueCustomers {
    /** An entry is out of date if {@link #earliest} has another instant for its customer. */
    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparingLong(Due::at));

    private final Map<CustomerState, Long> earliest = new HashMap<>();

    private record Due(long at, CustomerState customer) {}

    /**
     * Notes when a customer is due, in milliseconds since the epoch; {@link CustomerState#NEVER} for never. A later instant than
     * is known is noted only when the known one is due.
     */
    void put(CustomerState customer, long deadline) {
        Long known = earliest.get(customer);
        if (deadline != CustomerState.NEVER && (known == null || deadline < known)) {
            earliest.put(customer, deadline);
            queue.add(new Due(deadline, customer));
        }
    }

    void remove(CustomerState customer) {
        earliest.remove(customer);
    }

    /** Returns the first instant, in milliseconds since the epoch; {@link CustomerState#NEVER} if there is none. */
    long first() {
        Due first = queue.peek();
        return first == null ? CustomerState.NEVER : first.at();
    }

    /** Takes out the customers who are due up to an instant. */
    List<CustomerState> take(long until) {
        List<CustomerState> taken = new ArrayList<>();
        while (first() <= until && !queue.isEmpty()) {
            Due due = queue.remove();
            if (earliest.remove(due.customer(), due.at())) {
                taken.add(due.customer());
            }
        }
        return taken;
    }
}
