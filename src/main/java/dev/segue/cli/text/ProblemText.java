// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import dev.segue.plan.state.InputProblem;
import dev.segue.replay.ProblemCount;
import dev.segue.value.CountText;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Describes the parts of events that were ignored or replaced by a default. */
public final class ProblemText {
    private ProblemText() {}

    /** One line for all events of a replay with the problem: how many, what was done instead, how to mend it. */
    public static String summary(InputProblem.Kind kind, ProblemCount count) {
        return String.format(
                Locale.ROOT,
                "%s %s: %s; %s",
                CountText.of(count.events(), "event"),
                problem(kind) + (count.example().isEmpty() ? "" : ", such as '" + count.example() + "'"),
                instead(kind),
                mend(kind));
    }

    /** Describes amounts of several currencies that were added without conversion. */
    public static String mixed(Map<String, Long> currencies) {
        String all = currencies.entrySet().stream()
                .map(currency -> String.format(Locale.ROOT, "%,d in %s", currency.getValue(), currency.getKey()))
                .collect(Collectors.joining(", "));
        return "events have several currencies, " + all + ": the amounts were added without conversion; set"
                + " currency.shop and currency.rates, and name the settings with --config";
    }

    /** Describes the problem of one event. */
    public static String of(InputProblem problem) {
        return problem(problem.kind()) + (problem.value().isEmpty() ? "" : " '" + problem.value() + "'") + ": "
                + instead(problem.kind());
    }

    private static String problem(InputProblem.Kind kind) {
        return switch (kind) {
            case UNKNOWN_TIME_ZONE -> "with an unknown time zone";
            case UNREADABLE_DATE -> "with a date that cannot be read";
            case CART_WITHOUT_PRODUCT -> "without a product";
            case REFUND_WITHOUT_ORDER -> "without an order";
            case REFUND_WITHOUT_PRODUCT -> "with a refund of a product that has neither product_id nor sku";
            case REFUND_OF_UNKNOWN_ORDER ->
                "with a refund or cancellation of an order that the customer does not have yet";
            case REFUND_OF_UNKNOWN_PRODUCT -> "with a refund of which no product is in the order";
            case CHANGED_ORDER -> "with another total or other lines for an order that was announced before";
            case PLACEHOLDER_ORDER_ID -> "with a placeholder order id";
            case NEGATIVE_QUANTITY -> "with a quantity below 0";
            case NEGATIVE_AMOUNT -> "with an amount below 0";
            case UNKNOWN_CLEARED_FIELD -> "that cleared a field that profiles do not have";
            case OTHER_CURRENCY -> "with money in a currency without a rate";
            case TOO_MANY_IDS -> "that would give their customer too many ids";
            case LINK_WITHOUT_ID -> "that should link another id and names none";
            case LINK_TO_ITSELF -> "that should link another id and names the customer's own";
            case PLACEHOLDER_ID -> "with a placeholder as another id of the customer";
            case ID_TOO_LONG -> "with another id of the customer that is too long";
            case CUSTOMER_AS_DEVICE -> "with another customer's id as anonymous_id";
            case UNKNOWN_SURVIVOR -> "with a survivor that is neither of the merged customers";
        };
    }

    private static String instead(InputProblem.Kind kind) {
        return switch (kind) {
            case UNKNOWN_TIME_ZONE -> "hour and weekday are those of the configured zone";
            case UNREADABLE_DATE -> "it is never upcoming";
            case CART_WITHOUT_PRODUCT -> "the cart stayed as it was";
            case REFUND_WITHOUT_ORDER -> "nothing was refunded";
            case REFUND_WITHOUT_PRODUCT -> "none of its units were refunded";
            case REFUND_OF_UNKNOWN_ORDER -> "it has an effect only if that order follows";
            case REFUND_OF_UNKNOWN_PRODUCT -> "no units were refunded";
            case CHANGED_ORDER -> "the latest announcement replaced the others";
            case PLACEHOLDER_ORDER_ID -> "all orders of a customer with that id are one order";
            case NEGATIVE_QUANTITY -> "it counts as unset";
            case NEGATIVE_AMOUNT -> "it was added as sent";
            case UNKNOWN_CLEARED_FIELD -> "nothing was cleared";
            case OTHER_CURRENCY -> "the money counts as unset";
            case TOO_MANY_IDS -> "the other id stays a customer of its own";
            case LINK_WITHOUT_ID -> "no ids were linked";
            case LINK_TO_ITSELF -> "no ids were linked";
            case PLACEHOLDER_ID -> "no ids were linked";
            case ID_TOO_LONG -> "no ids were linked";
            case CUSTOMER_AS_DEVICE -> "no ids were linked";
            case UNKNOWN_SURVIVOR -> "the customer that was seen first goes on";
        };
    }

    private static String mend(InputProblem.Kind kind) {
        return switch (kind) {
            case UNKNOWN_TIME_ZONE -> "send an IANA time zone name such as Europe/Berlin, or an offset";
            case UNREADABLE_DATE -> "send YYYY-MM-DD";
            case CART_WITHOUT_PRODUCT -> "send product_id or sku";
            case REFUND_WITHOUT_ORDER -> "send order_id";
            case REFUND_WITHOUT_PRODUCT -> "send product_id or sku";
            case REFUND_OF_UNKNOWN_ORDER -> "send the customer and the order_id of the order";
            case REFUND_OF_UNKNOWN_PRODUCT ->
                "send the product_id of the order's line, or the sku if that line has no product_id";
            case CHANGED_ORDER ->
                "if each row is one line of an order, group the rows with group_by (docs/mappings.md)";
            case PLACEHOLDER_ORDER_ID -> "send the order's own id, or none";
            case NEGATIVE_QUANTITY -> "send quantities above 0, and what was given back as order_refunded";
            case NEGATIVE_AMOUNT -> "send amounts above 0, and what was paid back as order_refunded";
            case UNKNOWN_CLEARED_FIELD -> "send the name of a field of profile_updated";
            case OTHER_CURRENCY -> "add its rate to currency.rates of the settings";
            case TOO_MANY_IDS ->
                "if it is not a shared login or a test, raise identity.most_ids or identity.new_ids_per_day";
            case LINK_WITHOUT_ID -> "send anonymous_id with customer_identified, and other_id with customers_merged";
            case LINK_TO_ITSELF -> "send the other id of the customer";
            case PLACEHOLDER_ID -> "send the real id, or none";
            case ID_TOO_LONG -> "send an id of at most limits.customer_id_bytes bytes";
            case CUSTOMER_AS_DEVICE ->
                "send the id of the device, or customers_merged if both customers are one person";
            case UNKNOWN_SURVIVOR -> "send the customer's own id, other_id or none as survivor";
        };
    }
}
