// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.product;

import dev.segue.event.ProductFacts;
import dev.segue.plan.product.AskedProducts;
import dev.segue.plan.product.ProductTable;
import dev.segue.serde.state.FactsCodec;
import dev.segue.topology.due.DeadlineIndex;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one task knows of products, and the customers whose results depend on each: new facts arm exactly these, a few at a
 * time, at the instant of the facts. Not safe for several threads.
 */
public final class TaskProducts {
    private static final int[] NOTHING = new int[0];

    /** Arming so many customers takes a quarter of a millisecond. */
    private static final int SLICE = 250;

    /** Settling so many facts takes a few milliseconds. */
    static final int MOST_SETTLED = 1_000;

    private final ProductStore store;
    private final SettledFacts settled;
    private final ProductTable table;
    private final ProductIndex index = new ProductIndex();

    /** Where the customers of products are not all armed yet: the earliest instant of the new facts, by what they asked. */
    private final Map<Integer, Long> arming = new LinkedHashMap<>();

    public TaskProducts(ProductStore store) {
        this.store = store;
        this.settled = new SettledFacts(store);
        this.table = new ProductTable(settled::find, store.lastSettled());
        store.settledFacts(stored -> table.remember(FactsCodec.read(stored)));
        store.recentFacts(stored -> table.restore(table.latest() + 1, FactsCodec.read(stored)));
    }

    /** Returns the facts that all customers of the task share. */
    public ProductTable table() {
        return table;
    }

    /** The results of a customer depend on these products from now on, and on no others. */
    public void asks(byte[] customer, AskedProducts asked) {
        index.set(customer, asked.isEmpty() ? NOTHING : asked.all());
    }

    /** The customer is gone. */
    public void gone(byte[] customer) {
        index.set(customer, NOTHING);
    }

    /**
     * Takes new facts; {@link #arm} then arms the customers whose results depend on them.
     *
     * @return how many said something new
     */
    public int take(List<ProductFacts> facts) {
        int taken = 0;
        for (ProductFacts next : facts) {
            ProductTable.Numbered added = table.add(next);
            if (added != null) {
                store.recentFacts(added.number(), FactsCodec.write(added.facts()));
                added.questions()
                        .forEach(question -> beginArming(question, added.facts().at()));
                taken++;
            }
        }
        return taken;
    }

    private void beginArming(int question, long at) {
        if (index.contains(question)) {
            // Those who are not armed yet have not seen the facts before either.
            arming.putIfAbsent(question, at);
            index.beginWalk(question);
        }
    }

    /** Returns whether customers whose results depend on new facts are not armed yet. */
    public boolean isArming() {
        return !arming.isEmpty();
    }

    /** Arms the next few customers; returns how many. */
    public int arm(DeadlineIndex deadlines) {
        int armed = 0;
        Iterator<Map.Entry<Integer, Long>> products = arming.entrySet().iterator();
        while (armed < SLICE && products.hasNext()) {
            Map.Entry<Integer, Long> next = products.next();
            long at = next.getValue();
            int most = SLICE - armed;
            int passed = index.walk(next.getKey(), most, customer -> deadlines.arm(customer, at));
            if (passed < most) {
                products.remove();
            }
            armed += passed;
        }
        return armed;
    }

    /**
     * Keeps only the latest facts of each product that are valid by now, because nobody is evaluated at an earlier instant
     * again; goes on with the next call if there are very many.
     *
     * @param now in milliseconds since the epoch
     */
    public void settled(long now) {
        List<ProductTable.Numbered> gone = table.settle(now, MOST_SETTLED);
        if (gone.isEmpty()) {
            return;
        }
        Map<String, ProductFacts> latest = new LinkedHashMap<>();
        gone.forEach(facts -> latest.put(facts.facts().productId(), facts.facts()));
        latest.values().forEach(settled::put);
        gone.forEach(facts -> store.recentFacts(facts.number(), null));
        store.lastSettled(gone.get(gone.size() - 1).number());
    }
}
