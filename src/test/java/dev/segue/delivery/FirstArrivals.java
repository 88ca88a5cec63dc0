// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** The order of letters whose ids are {@code <customer>-<number>}, of which some arrived more than once. */
public final class FirstArrivals {
    private FirstArrivals() {}

    /** Requires that the numbers of each customer's letters rise, counting only the first arrival of each letter. */
    public static void requireOrder(List<String> ids) {
        Map<String, Integer> latest = new HashMap<>();
        for (String id : new LinkedHashSet<>(ids)) {
            String customer = id.substring(0, id.indexOf('-'));
            int number = Integer.parseInt(id.substring(id.indexOf('-') + 1));
            Integer before = latest.put(customer, number);
            assertThat(number).as(id).isGreaterThan(before == null ? -1 : before);
        }
    }
}
