// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.event.CustomerProfile;
import dev.segue.event.OriginPrecedence;
import dev.segue.plan.state.AggregateState;
import dev.segue.plan.state.CartLine;
import dev.segue.plan.state.CartLog;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Membership;
import dev.segue.plan.state.ProfileState;
import dev.segue.value.Values;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts a customer's state to the profile that the API serves. */
final class Profiles {
    private Profiles() {}

    /**
     * @param cartId the id of the cart's aggregate; null if the plan has none
     * @param profileId the id of the profile's aggregate; null if the plan has none
     */
    static CustomerProfile of(
            CustomerState state, @Nullable Integer cartId, @Nullable Integer profileId, OriginPrecedence origins) {
        List<CustomerProfile.Membership> memberships = new ArrayList<>();
        for (Membership membership : state.memberships()) {
            memberships.add(new CustomerProfile.Membership(
                    membership.segment(),
                    membership.value(),
                    membership.group(),
                    Instant.ofEpochMilli(membership.enteredAt()),
                    membership.version()));
        }
        CustomerState.History history = state.history();
        return new CustomerProfile(
                state.customerId(),
                Instant.ofEpochMilli(state.clock().now()),
                memberships,
                cart(cartId == null ? null : state.aggregates().find(cartId)),
                attributes(profileId == null ? null : state.aggregates().find(profileId), origins),
                new CustomerProfile.Totals(
                        history.events(),
                        Instant.ofEpochMilli(history.firstAt()),
                        Instant.ofEpochMilli(history.lastAt())));
    }

    private static Map<String, Object> attributes(@Nullable AggregateState state, OriginPrecedence origins) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (state instanceof ProfileState profile) {
            profile.values(origins).forEach((name, value) -> attributes.put(name, Values.readable(value)));
        }
        return attributes;
    }

    private static List<CustomerProfile.CartLine> cart(@Nullable AggregateState state) {
        List<CustomerProfile.CartLine> lines = new ArrayList<>();
        if (state instanceof CartLog log) {
            int price = log.details().indexOf("price");
            for (CartLine line : log.lines()) {
                Object known = price < 0 ? null : line.details().get(price);
                lines.add(new CustomerProfile.CartLine(
                        line.product().id(),
                        named(line.product().variant()),
                        named(line.product().sku()),
                        line.pieces(),
                        known instanceof BigDecimal money ? money : null,
                        Instant.ofEpochMilli(line.time())));
            }
        }
        return lines;
    }

    private static @Nullable String named(String name) {
        return name.isEmpty() ? null : name;
    }
}
