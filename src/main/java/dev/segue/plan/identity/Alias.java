// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.identity;

import java.util.ArrayList;
import java.util.List;

/**
 * What is left of an id that goes on as another customer.
 *
 * @param into the customer
 * @param at time of the event that linked them, in milliseconds since the epoch
 * @param device whether the id is that of a device, which another customer may claim later
 * @param earlier the customers who had the device before, the first one first
 */
public record Alias(String into, long at, boolean device, List<Owner> earlier) {
    /** Of a device that changes hands more often, the first of these are taken for those before them. */
    private static final int MOST_OWNERS = 8;

    /**
     * A customer who had a device.
     *
     * @param until time of the event by which the next one got it, in milliseconds since the epoch
     */
    public record Owner(String id, long until) {}

    public Alias {
        earlier = List.copyOf(earlier);
    }

    /** An id that nobody had before. */
    public Alias(String into, long at, boolean device) {
        this(into, at, device, List.of());
    }

    /** Returns whether a claim that arrives now replaces this one. */
    boolean isUpTo(Transfer.Claim claim) {
        return at <= claim.at();
    }

    /** Returns this after the same customer has claimed the id again. */
    Alias again(Transfer.Claim claim) {
        return new Alias(into, claim.at(), device && claim.device(), earlier);
    }

    /** Returns this after another customer has claimed the id. */
    Alias passedTo(Transfer.Claim claim) {
        List<Owner> owners = new ArrayList<>(earlier);
        owners.add(new Owner(into, claim.at()));
        return new Alias(
                claim.into(),
                claim.at(),
                claim.device(),
                owners.subList(Math.max(0, owners.size() - MOST_OWNERS), owners.size()));
    }

    /**
     * Returns who had the id at an instant.
     *
     * @param instant milliseconds since the epoch
     */
    public String ownerAt(long instant) {
        for (Owner owner : earlier) {
            if (instant < owner.until()) {
                return owner.id();
            }
        }
        return into;
    }
}
