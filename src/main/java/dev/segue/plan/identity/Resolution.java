// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.identity;

import dev.segue.event.Event;
import dev.segue.plan.identity.Transfer.Claim;
import dev.segue.plan.identity.Transfer.Erase;
import dev.segue.plan.identity.Transfer.Forward;
import dev.segue.plan.identity.Transfer.Move;
import dev.segue.plan.identity.Transfer.Release;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.InputProblem;
import dev.segue.plan.state.LinkedIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides at the place of an id what happens to it. Every decision is a function of what is known there, and of two ids
 * that claim each other both places choose the same one, so no place has to wait for another.
 */
public final class Resolution {
    /** An event or a customer follows at most so many aliases. */
    public static final int MOST_HOPS = 8;

    /** Owner of an id that nobody else has claimed. */
    private static final String NOBODY = "";

    private final Residence residence;
    private final Linking linking;

    public Resolution(Residence residence, Linking linking) {
        this.residence = residence;
        this.linking = linking;
    }

    /** Handles an event under the id under which it was sent. */
    public void event(String key, Event event) {
        Alias alias = residence.alias(key);
        if (alias == null) {
            apply(key, List.of(key), event);
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
            erased(erase);
        }
    }

    /** @param via the ids under which the event has come, from the one on under which it was sent */
    private void apply(String id, List<String> via, Event event) {
        Set<String> erased = event.erasesCustomer() ? others(id, via) : Set.of();
        residence.apply(id, via.get(0), event);
        List<String> all = new ArrayList<>(erased);
        all.add(id);
        erased.forEach(other -> residence.send(new Erase(other, event.time(), all)));
    }

    /** Returns the other ids of the person. */
    private Set<String> others(String id, List<String> via) {
        Set<String> others = new LinkedHashSet<>(via);
        CustomerState customer = residence.customer(id);
        if (customer != null) {
            customer.linkedIds().all().forEach(link -> others.add(link.id()));
        }
        others.remove(id);
        return others;
    }

    /** Another person may have claimed the id meanwhile. */
    private void erased(Erase erase) {
        Alias alias = residence.alias(erase.to());
        if (alias == null || erase.via().contains(alias.into())) {
            residence.erase(erase.to(), erase.at());
        }
    }

    private void forwarded(Forward forward) {
        Alias alias = residence.alias(forward.to());
        if (alias != null && passesOn(alias, forward)) {
            residence.send(forward.onTo(alias.into()));
        } else {
            apply(forward.to(), forward.via(), forward.event());
        }
    }

    private void moved(Move move) {
        Alias alias = residence.alias(move.to());
        if (alias != null && passesOn(alias, move)) {
            residence.send(move.onTo(alias.into()));
            return;
        }
        if (residence.isErased(move.to(), move.at())) {
            move.via().forEach(id -> residence.send(new Erase(id, move.at(), move.viaNext())));
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
        if (residence.isErased(id, claim.at()) && (customer != null || claim.reverses())) {
            // What is known of the id came after its erasure, and is not the claimer's.
            residence.send(new Release(claim.into(), id, NOBODY, claim.at(), List.of(id)));
            return;
        }
        if (claim.reverses() || (customer != null && isEarlier(customer, claim))) {
            goOn(claim, customer);
            return;
        }
        if (claim.device() && customer != null && !customer.linkedIds().all().isEmpty()) {
            residence.refused(new InputProblem(InputProblem.Kind.CUSTOMER_AS_DEVICE, id));
            refuse(claim, NOBODY);
            return;
        }
        CustomerState left = customer == null ? null : residence.leave(id, claim.into());
        residence.setAlias(id, new Alias(claim.into(), claim.at(), claim.device()));
        if (left != null) {
            residence.send(new Move(claim.into(), claim.at(), left, List.of(id)));
        }
    }

    /** The id goes on, and the one that has claimed it does not. */
    private void goOn(Claim claim, @Nullable CustomerState customer) {
        String id = claim.to();
        if (customer != null) {
            if (linking.isFull(customer, claim.at())) {
                residence.refused(new InputProblem(InputProblem.Kind.TOO_MANY_IDS, claim.into()));
                refuse(claim, NOBODY);
                return;
            }
            customer.linkedIds().add(claim.into(), claim.at());
            residence.linked(customer);
        }
        residence.send(new Claim(claim.into(), id, claim.at(), false, null, List.of(id)));
    }

    /** A known customer is nobody's device. */
    private void refuse(Claim claim, String owner) {
        residence.send(new Release(claim.into(), claim.to(), owner, Long.MAX_VALUE, List.of(claim.to())));
    }

    private static boolean isEarlier(CustomerState customer, Claim claim) {
        if (claim.firstAt() == null) {
            return false;
        }
        long own = customer.history().firstAt();
        long other = claim.firstAt();
        return own < other || (own == other && customer.customerId().compareTo(claim.into()) < 0);
    }

    private void claimedAgain(Claim claim, Alias alias) {
        String id = claim.to();
        if (alias.into().equals(claim.into())) {
            if (alias.at() < claim.at()) {
                residence.setAlias(id, alias.again(claim));
            }
        } else if (!alias.device() && claim.device()) {
            refuse(claim, alias.into());
        } else if (!alias.device() || claim.reverses()) {
            if (claim.via().size() < MOST_HOPS) {
                residence.send(claim.onTo(alias.into()));
            } else {
                residence.circle();
            }
        } else if (alias.isUpTo(claim)) {
            residence.setAlias(id, alias.passedTo(claim));
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
        residence.linked(customer);
    }
}
