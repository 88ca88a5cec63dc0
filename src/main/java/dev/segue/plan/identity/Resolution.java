// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.identity;

import dev.segue.event.Event;
import dev.segue.event.EventNames;
import dev.segue.plan.identity.Transfer.Claim;
import dev.segue.plan.identity.Transfer.Erase;
import dev.segue.plan.identity.Transfer.Forward;
import dev.segue.plan.identity.Transfer.Move;
import dev.segue.plan.identity.Transfer.Release;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.LinkedIds;
import java.util.Collections;
import java.util.List;

/**
 * Decides at the place of an id what happens to it. Every decision is a function of what is known there, and of two ids
 * that claim each other both places choose the same one, so no place has to wait for another.
 */
public final class Resolution {
    /** An event or a customer follows at most so many aliases. */
    public static final int MOST_HOPS = 8;

    private final Residence residence;

    public Resolution(Residence residence) {
        this.residence = residence;
    }

    /** Handles an event under the id under which it was sent. */
    public void event(String key, Event event) {
        Alias alias = residence.alias(key);
        if (alias == null) {
            apply(key, key, event);
        } else {
            residence.send(new Forward(alias.into(), event, List.of(key)));
        }
    }

    /** Handles a message. */
    public void handle(Transfer transfer) {
        if (transfer instanceof Claim claim) {
            claimed(claim);
        } else if (transfer instanceof Move move) {
            moved(move);
        } else if (transfer instanceof Forward forward) {
            forwarded(forward);
        } else if (transfer instanceof Release release) {
            released(release);
        } else if (transfer instanceof Erase erase) {
            residence.erase(erase.to(), erase.at());
        }
    }

    private void apply(String id, String key, Event event) {
        List<LinkedIds.Link> erased = List.of();
        if (event.type().name().equals(EventNames.CUSTOMER_ERASED)) {
            CustomerState customer = residence.customer(id);
            erased = customer == null
                    ? List.of()
                    : List.copyOf(customer.linkedIds().all());
        }
        residence.apply(id, key, event);
        erased.forEach(link -> residence.send(new Erase(link.id(), event.time(), List.of(id))));
    }

    private void forwarded(Forward forward) {
        Alias alias = residence.alias(forward.to());
        if (alias != null && passesOn(alias, forward)) {
            residence.send(forward.onTo(alias.into()));
        } else {
            apply(forward.to(), forward.key(), forward.event());
        }
    }

    private void moved(Move move) {
        Alias alias = residence.alias(move.to());
        if (alias != null && passesOn(alias, move)) {
            residence.send(move.onTo(alias.into()));
            return;
        }
        String from = move.via().get(0);
        CustomerState customer = residence.customer(move.to());
        LinkedIds.Link known = customer == null ? null : customer.linkedIds().find(from);
        if (known != null && known.movedAt() == move.at()) {
            // At least once: it came before.
            return;
        }
        LinkedIds linked = move.state().linkedIds();
        move.via().forEach(id -> linked.add(id, move.at()));
        linked.moved(from, move.at());
        residence.unite(move.to(), move.state());
    }

    /** If not, the id is a customer of its own again. */
    private boolean passesOn(Alias alias, Transfer transfer) {
        int begin = transfer.via().indexOf(alias.into());
        List<String> circle = begin < 0
                ? List.of()
                : transfer.viaNext().subList(begin, transfer.via().size() + 1);
        boolean stays = transfer.via().size() >= MOST_HOPS
                || (!circle.isEmpty() && Collections.min(circle).equals(transfer.to()));
        if (stays) {
            residence.circle();
            residence.setAlias(transfer.to(), null);
        }
        return !stays;
    }

    private void claimed(Claim claim) {
        String id = claim.to();
        if (id.equals(claim.into())) {
            return;
        }
        Alias alias = residence.alias(id);
        if (alias != null) {
            claimedAgain(claim, alias);
            return;
        }
        CustomerState customer = residence.customer(id);
        if (customer != null && claim.firstAt() != null && isEarlier(customer, claim)) {
            customer.linkedIds().add(claim.into(), claim.at());
            residence.store(customer);
            residence.send(new Claim(claim.into(), id, claim.at(), false, null, List.of(id)));
            return;
        }
        CustomerState left = customer == null ? null : residence.leave(id, claim.into());
        residence.setAlias(id, new Alias(claim.into(), claim.at(), claim.device()));
        if (left != null) {
            residence.send(new Move(claim.into(), claim.at(), left, List.of(id)));
        }
    }

    private static boolean isEarlier(CustomerState customer, Claim claim) {
        long own = customer.history().firstAt();
        long other = claim.firstAt();
        return own < other || (own == other && customer.customerId().compareTo(claim.into()) < 0);
    }

    private void claimedAgain(Claim claim, Alias alias) {
        String id = claim.to();
        if (alias.into().equals(claim.into())) {
            if (alias.at() < claim.at()) {
                residence.setAlias(id, new Alias(alias.into(), claim.at(), alias.device() && claim.device()));
            }
        } else if (!alias.device() && claim.device()) {
            // A known customer is nobody's device.
            residence.send(new Release(claim.into(), id, alias.into(), Long.MAX_VALUE, List.of(id)));
        } else if (!alias.device()) {
            if (claim.via().size() < MOST_HOPS) {
                residence.send(claim.onTo(alias.into()));
            } else {
                residence.circle();
            }
        } else if (alias.isUpTo(claim)) {
            residence.setAlias(id, new Alias(claim.into(), claim.at(), claim.device()));
            residence.send(new Release(alias.into(), id, claim.into(), claim.at(), List.of(id)));
        } else {
            residence.send(new Release(claim.into(), id, alias.into(), alias.at(), List.of(id)));
        }
    }

    private static boolean isPerson(String id, CustomerState customer) {
        return id.equals(customer.customerId()) || customer.linkedIds().find(id) != null;
    }

    private void released(Release release) {
        Alias alias = residence.alias(release.to());
        if (alias != null) {
            if (release.via().size() < MOST_HOPS) {
                residence.send(release.onTo(alias.into()));
            }
            return;
        }
        CustomerState customer = residence.customer(release.to());
        LinkedIds.Link link = customer == null ? null : customer.linkedIds().find(release.id());
        if (customer == null || link == null || isPerson(release.owner(), customer)) {
            return;
        }
        if (link.seenAt() > release.at()) {
            residence.send(new Claim(release.id(), release.to(), link.seenAt(), true, null, List.of(release.to())));
            return;
        }
        customer.linkedIds().remove(release.id());
        residence.store(customer);
    }
}
