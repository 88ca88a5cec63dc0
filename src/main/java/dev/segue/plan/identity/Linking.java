// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.identity;

import dev.segue.config.IdentitySettings;
import dev.segue.config.LimitSettings;
import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import dev.segue.event.EventNames;
import dev.segue.event.Fields;
import dev.segue.plan.identity.Transfer.Claim;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.InputProblem;
import dev.segue.plan.state.LinkedIds;
import dev.segue.plan.state.RecentIds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the ids that events link. Immutable. */
public final class Linking {
    private static final long DAY = 86_400_000L;
    private static final Result NONE = new Result(null, null);

    private final IdentitySettings settings;
    private final LimitSettings limits;

    /** @param limits for customers' ids, and the ids that are nobody's */
    public Linking(IdentitySettings settings, LimitSettings limits) {
        this.settings = settings;
        this.limits = limits;
    }

    /**
     * What an event links.
     *
     * @param claim null if it links nothing new
     * @param problem why it does not, although it names an id; null if there is none
     */
    public record Result(@Nullable Claim claim, @Nullable InputProblem problem) {}

    /**
     * Links the id that an event names, unless it is linked already.
     *
     * @param state of the event's customer; receives the link
     * @param key the id under which the event was sent: the customer's, or one that is linked to it
     */
    public Result link(CustomerState state, Event event, String key) {
        String type = event.type().name();
        if (type.equals(EventNames.CUSTOMERS_MERGED)) {
            // Also of a duplicate: at least once, the event may have been counted without sending the claim.
            return merge(state, event, key);
        }
        if (isCounted(state, event)) {
            return NONE;
        }
        boolean links =
                settings.links() == IdentitySettings.Links.EVERY_EVENT || type.equals(EventNames.CUSTOMER_IDENTIFIED);
        if (!links || type.equals(EventNames.CUSTOMER_ERASED)) {
            return NONE;
        }
        String named = event.fields().get(CommonFields.ANONYMOUS_ID) instanceof String id ? id : "";
        if (named.isBlank() || named.equals(key)) {
            return type.equals(EventNames.CUSTOMER_IDENTIFIED) ? useless(named) : NONE;
        }
        return device(state, event, named);
    }

    /** Returns the other id of its customer that an event names, whether or not it may be linked; null if it names none. */
    public static @Nullable String otherId(Event event) {
        boolean merges = event.type().name().equals(EventNames.CUSTOMERS_MERGED);
        Object named = merges ? event.fields().get("other_id") : event.fields().get(CommonFields.ANONYMOUS_ID);
        return named instanceof String other && !other.isBlank() && !other.equals(event.customerId()) ? other : null;
    }

    private static Result useless(String id) {
        return new Result(
                null,
                new InputProblem(
                        id.isBlank() ? InputProblem.Kind.LINK_WITHOUT_ID : InputProblem.Kind.LINK_TO_ITSELF, id));
    }

    private static boolean isCounted(CustomerState state, Event event) {
        return state.recentIds().contains(event.eventId(), RecentIds.MOST);
    }

    private Result device(CustomerState state, Event event, String id) {
        if (id.equals(state.customerId())) {
            return NONE;
        }
        LinkedIds.Link known = state.linkedIds().find(id);
        if (known != null) {
            if (event.time() > known.seenAt()) {
                state.linkedIds().add(id, event.time());
            }
            return NONE;
        }
        InputProblem problem = refusal(state, event, id);
        if (problem != null) {
            return new Result(null, problem);
        }
        state.linkedIds().add(id, event.time());
        return new Result(
                new Claim(id, state.customerId(), event.time(), true, null, List.of(state.customerId())), null);
    }

    private Result merge(CustomerState state, Event event, String key) {
        Fields fields = event.fields();
        String customer = state.customerId();
        String other = text(fields, "other_id");
        if (other.isBlank() || (other.equals(customer) && other.equals(key))) {
            return isCounted(state, event) ? NONE : useless(other);
        }
        if (other.equals(customer) || state.linkedIds().find(other) != null) {
            return NONE;
        }
        InputProblem problem = refusal(state, event, other);
        if (problem != null) {
            return new Result(null, problem);
        }
        String survivor = text(fields, "survivor");
        List<String> via = List.of(customer);
        if (survivor.equals(other)) {
            return new Result(new Claim(other, customer, event.time(), false, Claim.OTHER_GOES_ON, via), null);
        }
        state.linkedIds().add(other, event.time());
        if (survivor.equals(customer) || survivor.equals(key)) {
            return new Result(new Claim(other, customer, event.time(), false, null, via), null);
        }
        long known = state.history().firstAt();
        long firstAt = isCounted(state, event) ? known : Math.min(known, event.time());
        return new Result(
                new Claim(other, customer, event.time(), false, firstAt, via),
                survivor.isBlank() ? null : new InputProblem(InputProblem.Kind.UNKNOWN_SURVIVOR, survivor));
    }

    private static String text(Fields fields, String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    private @Nullable InputProblem refusal(CustomerState state, Event event, String id) {
        if (limits.refusedIds().refuses(id)) {
            return new InputProblem(InputProblem.Kind.PLACEHOLDER_ID, id);
        }
        if (id.getBytes(StandardCharsets.UTF_8).length > limits.customerIdBytes()) {
            return new InputProblem(InputProblem.Kind.ID_TOO_LONG, id);
        }
        return isFull(state, event.time()) ? new InputProblem(InputProblem.Kind.TOO_MANY_IDS, id) : null;
    }

    /**
     * Returns whether a customer may not get a further id.
     *
     * @param at in milliseconds since the epoch
     */
    boolean isFull(CustomerState state, long at) {
        LinkedIds linked = state.linkedIds();
        return linked.size() >= settings.mostIds() || linked.linked(at - DAY, at) >= settings.newIdsPerDay();
    }
}
