// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.product;

import dev.segue.definition.language.Expression;
import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** When the products of each category were launched, or will be. */
public final class Launches {
    /** Launches that are longer ago cannot be asked about. */
    static final Duration LONGEST = Expression.Launched.LONGEST;

    /** At most so many products of a category are found, those that were launched last. */
    public static final int MOST = 256;

    private static final long HOUR = 3_600_000;
    private static final int CATEGORY = ProductFacts.TYPE.slot("category");
    private static final int LAUNCHED_AT = ProductFacts.TYPE.slot("launched_at");

    /**
     * The latest launch of each product, in milliseconds since the epoch, by the categories that the product has or had;
     * what is known at an instant decides.
     */
    private final Map<String, Map<String, Long>> categories = new HashMap<>();

    private long forgotBefore = Long.MIN_VALUE;

    /**
     * The products that were launched in a time.
     *
     * @param products the latest launch first; equal ones in ascending order of their ids
     * @param stableUntil when time alone next adds or removes one, in milliseconds since the epoch; {@link Long#MAX_VALUE} if
     *     it does not
     * @param clipped whether more than {@value Launches#MOST} were launched
     */
    public record Found(List<String> products, long stableUntil, boolean clipped) {}

    /** What is known of the launch of a product that has a category and a date. */
    private record Launch(String product, String category, long at) {
        static @Nullable Launch of(@Nullable ProductFacts facts) {
            Fields fields = facts == null ? null : facts.fields();
            return fields != null
                            && fields.get(CATEGORY) instanceof String category
                            && !category.isEmpty()
                            && fields.get(LAUNCHED_AT) instanceof Instant date
                    ? new Launch(facts.productId(), category, date.toEpochMilli())
                    : null;
        }
    }

    /** Returns the questions about launches whose answer changes when one follows the other. */
    static List<Integer> questions(@Nullable ProductFacts before, ProductFacts after) {
        Launch known = Launch.of(before);
        Launch next = Launch.of(after);
        TreeSet<Integer> changed = new TreeSet<>();
        if (known != null && !known.equals(next)) {
            changed.add(AskedProducts.hashOfLaunches(known.category()));
        }
        if (next != null && !next.equals(known)) {
            changed.add(AskedProducts.hashOfLaunches(next.category()));
        }
        return List.copyOf(changed);
    }

    void add(ProductFacts facts) {
        Launch launch = Launch.of(facts);
        if (launch != null) {
            categories
                    .computeIfAbsent(launch.category(), absent -> new LinkedHashMap<>())
                    .merge(launch.product(), launch.at(), Math::max);
        }
    }

    Found find(String category, long instant, long window, Function<String, @Nullable ProductFacts> known) {
        List<Launch> found = new ArrayList<>();
        long stableUntil = Long.MAX_VALUE;
        for (Map.Entry<String, Long> candidate :
                categories.getOrDefault(category, Map.of()).entrySet()) {
            if (candidate.getValue() <= instant - window) {
                continue;
            }
            Launch launch = Launch.of(known.apply(candidate.getKey()));
            if (launch == null || !launch.category().equals(category) || launch.at() <= instant - window) {
                continue;
            }
            boolean isLaunched = launch.at() <= instant;
            stableUntil = Math.min(stableUntil, isLaunched ? launch.at() + window : launch.at());
            if (isLaunched) {
                found.add(launch);
            }
        }
        found.sort(Comparator.comparing(Launch::at).reversed().thenComparing(Launch::product));
        boolean clipped = found.size() > MOST;
        List<Launch> latest = clipped ? found.subList(0, MOST) : found;
        return new Found(latest.stream().map(Launch::product).toList(), stableUntil, clipped);
    }

    /** Forgets launches that nobody can ask about at an instant, in milliseconds since the epoch, or later. */
    void forgetBefore(long instant) {
        if (instant < forgotBefore + HOUR) {
            return;
        }
        forgotBefore = instant;
        long longAgo = instant - LONGEST.toMillis();
        categories.values().forEach(products -> products.values().removeIf(launch -> launch <= longAgo));
        categories.values().removeIf(Map::isEmpty);
    }
}
