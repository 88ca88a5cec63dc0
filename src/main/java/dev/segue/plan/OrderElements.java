package dev.segue.plan;

import org.jspecify.annotations.Nullable;

/** Collects what definitions ask of the orders that stand, or of their product lines. */
final class OrderElements {
    private final boolean items;
    private final Aggregates asked;
    private volatile @Nullable OrderCounts counts;

    /**
     * @param items whether the elements are the product lines
     * @param asked what is asked of them
     */
    OrderElements(boolean items, Aggregates asked) {
        this.items = items;
        this.asked = asked;
    }

    Aggregates asked() {
        return asked;
    }

    /** The answers. Nothing more may be asked once there is one. */
    OrderCounts counts() {
        OrderCounts known = counts;
        if (known == null) {
            synchronized (this) {
                known = counts == null ? new OrderCounts(items, asked.build()) : counts;
                counts = known;
            }
        }
        return known;
    }
}
