// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.value.CountText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The search for a customer by the beginning of the id.
 *
 * @param all how many customers are in any segment
 * @param next address of the next page; null if this is the last one
 */
public record CustomersPage(
        String prefix,
        String all,
        List<Found> found,
        @Nullable String next) {
    private static final int MOST = 50;

    /** A customer in any segment. */
    public record Found(String customer, String address) {}

    /** @param after the first customer is the one after this id; empty for the first of all */
    public static CustomersPage of(ConsoleData data, String prefix, String after) {
        List<String> ids = data.customers(prefix, after, MOST + 1);
        List<Found> found = ids.stream()
                .limit(MOST)
                .map(id -> new Found(id, Address.customer(id)))
                .toList();
        String next = ids.size() > MOST ? Address.of("/customers", parameters(prefix, ids.get(MOST - 1))) : null;
        return new CustomersPage(prefix, CountText.of(data.customers()), found, next);
    }

    private static Map<String, String> parameters(String prefix, String after) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("id", prefix);
        parameters.put("after", after);
        return parameters;
    }
}
