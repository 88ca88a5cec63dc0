// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.product;

import dev.segue.event.ProductFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The facts of all products, as far back as any customer has still to be advanced. Facts are numbered in the order in which
 * they become known. Belongs to the customers of one task, or of one replay; not safe for several threads.
 *
 * <p>Facts under which all customers have been evaluated are settled: only the latest of a product are still needed, and
 * they are looked up where the caller keeps them.
 */
public final class ProductTable {
    private final Function<String, @Nullable ProductFacts> settled;
    private final Launches launches = new Launches();
    /** Facts that are not settled, by product; ascending. */
    private final Map<String, List<Numbered>> recent = new HashMap<>();
    /** The same by what customers ask; see {@link AskedProducts}. */
    private final Map<Integer, List<Numbered>> recentByQuestion = new HashMap<>();
    /** The same in ascending order of numbers, which have no gaps; some of the first are settled. */
    private final List<Numbered> order = new ArrayList<>();

    /** The place of the first of them that is not. */
    private int first;

    private long latest;

    /**
     * Facts with their number.
     *
     * @param number from 1
     * @param questions what customers may have asked that these facts answer; see {@link AskedProducts}
     */
    public record Numbered(long number, ProductFacts facts, List<Integer> questions) {}

    /** A table without facts. */
    public ProductTable() {
        this(productId -> null, 0);
    }

    /**
     * @param settled returns the settled facts of a product; null if there are none. Each must be passed to {@link
     *     #remember} before any others are added
     * @param latest the number of the latest settled facts
     */
    public ProductTable(Function<String, @Nullable ProductFacts> settled, long latest) {
        this.settled = settled;
        this.latest = latest;
    }

    /** Remembers when the product of settled facts was launched. */
    public void remember(ProductFacts known) {
        launches.add(known);
    }

    /**
     * Adds facts, which are valid from their own instant or the latest one on, whichever is later.
     *
     * @return null if the same or later facts of the product are known
     */
    public @Nullable Numbered add(ProductFacts next) {
        ProductFacts known = at(next.productId(), Long.MAX_VALUE);
        if (known != null && (known.at() > next.at() || known.says(next))) {
            return null;
        }
        long at = isSettled()
                ? next.at()
                : Math.max(next.at(), order.get(order.size() - 1).facts().at());
        return restore(latest + 1, next.from(at));
    }

    /** Adds facts that have their number already, which is greater than all others. */
    public Numbered restore(long number, ProductFacts facts) {
        String product = facts.productId();
        List<Integer> questions = new ArrayList<>(List.of(AskedProducts.hash(product)));
        questions.addAll(Launches.questions(at(product, Long.MAX_VALUE), facts));
        Numbered added = new Numbered(number, facts, List.copyOf(questions));
        latest = number;
        recent.computeIfAbsent(product, absent -> new ArrayList<>(2)).add(added);
        questions.forEach(question -> recentByQuestion
                .computeIfAbsent(question, absent -> new ArrayList<>(2))
                .add(added));
        order.add(added);
        launches.add(facts);
        return added;
    }

    /** Returns what is known of a product at an instant, in milliseconds since the epoch; null if nothing is. */
    public @Nullable ProductFacts at(String productId, long instant) {
        List<Numbered> versions = recent.getOrDefault(productId, List.of());
        for (int index = versions.size() - 1; index >= 0; index--) {
            if (versions.get(index).facts().at() <= instant) {
                return versions.get(index).facts();
            }
        }
        ProductFacts last = settled.apply(productId);
        return last == null || last.at() > instant ? null : last;
    }

    /**
     * Returns the products of a category that were launched in a time before an instant, as known at that instant.
     *
     * @param instant in milliseconds since the epoch
     * @param window in milliseconds; the instant that long ago is out
     */
    public Launches.Found launched(String category, long instant, long window) {
        return launches.find(category, instant, window, productId -> at(productId, instant));
    }

    /** Returns the number of the latest facts that are valid at an instant, in milliseconds since the epoch. */
    public long numberAt(long instant) {
        int later = place(order, first, facts -> facts.facts().at() > instant);
        return latest - (order.size() - later);
    }

    /** Returns the number of the latest facts, whenever they become valid; 0 if there are none. */
    public long latest() {
        return latest;
    }

    /** Returns whether all facts are settled, so that no customer has to be evaluated because of them. */
    public boolean isSettled() {
        return first == order.size();
    }

    /**
     * Returns the first instant at which facts become valid that a customer's definitions asked about but have not seen, in
     * milliseconds since the epoch; {@link Long#MAX_VALUE} if there are none.
     *
     * @param now the customer's own time: facts of earlier instants become valid for the customer now
     */
    public long changesAt(AskedProducts asked, long now) {
        long earliest = Long.MAX_VALUE;
        if (asked.seen() < latest) {
            for (int index = 0; index < asked.size(); index++) {
                earliest = Math.min(earliest, changesAt(asked.products(index), asked.seen()));
            }
        }
        return earliest == Long.MAX_VALUE ? earliest : Math.max(earliest, now);
    }

    /** Returns whether facts that are not settled and have a greater number answer one of some questions at an instant. */
    public boolean haveChanged(int[] questions, long seen, long instant) {
        return seen < latest && !isSettled() && changesAt(questions, seen) <= instant;
    }

    /** As {@link #changesAt(AskedProducts, long)}, of some products, and whatever the customer's time. */
    public long changesAt(int[] products, long seen) {
        long earliest = Long.MAX_VALUE;
        for (int product : products) {
            List<Numbered> versions = recentByQuestion.getOrDefault(product, List.of());
            int unseen = place(versions, 0, version -> version.number() > seen);
            if (unseen < versions.size()) {
                earliest = Math.min(earliest, versions.get(unseen).facts().at());
            }
        }
        return earliest;
    }

    /**
     * Settles all facts of an instant, in milliseconds since the epoch, and of earlier ones; returns them in ascending order
     * of their numbers. The caller must keep the latest of each product.
     */
    public List<Numbered> settle(long instant) {
        return settle(instant, Integer.MAX_VALUE);
    }

    /** As {@link #settle(long)}, but no more than so many facts: the earliest. */
    public List<Numbered> settle(long instant, int most) {
        List<Numbered> gone = new ArrayList<>();
        while (gone.size() < most && !isSettled() && order.get(first).facts().at() <= instant) {
            Numbered next = order.get(first);
            first++;
            gone.add(next);
            drop(recent, next.facts().productId(), next);
            next.questions().forEach(question -> drop(recentByQuestion, question, next));
        }
        if (first > order.size() / 2) {
            order.subList(0, first).clear();
            first = 0;
        }
        launches.forgetBefore(instant);
        return gone;
    }

    /** Returns the place of the first facts with a property that all behind them have, too; the size if there are none. */
    private static int place(List<Numbered> ascending, int from, Predicate<Numbered> property) {
        int low = from;
        int high = ascending.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (property.test(ascending.get(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static <K> void drop(Map<K, List<Numbered>> lists, K key, Numbered settled) {
        List<Numbered> versions = lists.getOrDefault(key, List.of());
        versions.remove(settled);
        if (versions.isEmpty()) {
            lists.remove(key);
        }
    }
}
