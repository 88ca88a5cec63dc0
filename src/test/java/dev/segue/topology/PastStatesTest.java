// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plan.state.CustomerState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PastStatesTest {
    private final Map<String, byte[]> stored = new HashMap<>();
    private final List<String> opened = new ArrayList<>();
    private final PastStates states = new PastStates(2, this::open);

    private PastLog.Overflow open() {
        opened.add("opened");
        return new PastLog.Overflow() {
            @Override
            public void put(String customer, byte[] state) {
                stored.put(customer, state);
            }

            @Override
            public byte[] get(String customer) {
                return stored.get(customer);
            }

            @Override
            public void remove(String customer) {
                stored.remove(customer);
            }

            @Override
            public void close() {
                opened.add("closed");
            }
        };
    }

    private void mark(String customer, long at) {
        CustomerState state = states.get(customer);
        state.setClock(new CustomerState.Clock(at, CustomerState.NEVER, 1));
    }

    @Test
    void opensTheStoreOnlyWhenMemoryIsFull() {
        mark("a", 1);
        mark("b", 2);
        assertThat(opened).isEmpty();
        mark("c", 3);
        assertThat(opened).containsExactly("opened");
        assertThat(stored).containsOnlyKeys("a");
        assertThat(states.get("a").clock().now()).isEqualTo(1);
        assertThat(states.take("b").clock().now()).isEqualTo(2);
        assertThat(states.take("d").clock().plan()).isZero();
        states.close();
        assertThat(opened).containsExactly("opened", "closed");
    }

    @Test
    void forgetsErasedCustomersWhereverTheyAre() {
        for (String customer : List.of("a", "b", "c")) {
            mark(customer, 7);
        }
        states.remove("a");
        states.remove("c");
        assertThat(states.take("a").clock().plan()).isZero();
        assertThat(states.take("c").clock().plan()).isZero();
        assertThat(states.take("b").clock().now()).isEqualTo(7);
    }
}
