// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes of the cart since an order last emptied it, in order of (time, arrival). The cart is computed by folding
 * the log, so that a late event changes the cart as if it had arrived in time.
 */
public final class CartLog extends AggregateState {
    /** A longer log is folded into the resulting lines. This makes a difference only for late events. */
    public static final int CAP = 256;

    private final List<Step> steps;
    private List<String> details;
    /** The lines after all steps, and these lines as elements; null until they are needed. */
    private @Nullable List<CartLine> lines;

    private @Nullable List<Timed> elements;

    public CartLog(List<String> details) {
        this(details, List.of());
    }

    /**
     * @param details names of the fields that steps carry beside product, variant, sku and quantity
     * @param steps in order of (time, arrival)
     */
    public CartLog(List<String> details, List<Step> steps) {
        this.details = List.copyOf(details);
        this.steps = new ArrayList<>(steps);
    }

    /**
     * One change of the cart.
     *
     * @param time milliseconds since the epoch
     * @param product has an empty id for an order, which empties the cart
     * @param quantity in millionths of a piece; negative: removed; {@link #ALL}: the whole product is removed; 0: only
     *     the details change
     * @param details values of the log's detail fields; null if unset
     */
    public record Step(long time, Product product, long quantity, List<@Nullable Object> details) {
        /** The whole product is removed. */
        public static final long ALL = Long.MIN_VALUE;

        /** Returns the step of an order, which empties the cart. */
        public static Step order(long time) {
            return new Step(time, Product.NONE, 0, List.of());
        }

        public boolean isOrder() {
            return product.id().isEmpty();
        }

        /**
         * Returns the mark behind the steps that were replaced by their lines. It changes no line.
         *
         * @param inexact whether the lines may differ from those of all steps
         */
        static Step folded(long time, boolean inexact, int details) {
            return new Step(time, Product.FOLDED, inexact ? ALL : 0, Collections.nCopies(details, null));
        }

        boolean isFolded() {
            return product.id().equals(Product.FOLDED.id());
        }

        boolean isInexact() {
            return isFolded() && quantity == ALL;
        }

        public Step {
            // Not List.copyOf, because details may be null.
            details = Collections.unmodifiableList(details);
        }
    }

    public List<String> details() {
        return details;
    }

    public List<Step> steps() {
        return Collections.unmodifiableList(steps);
    }

    /** Returns the lines of the cart, in the order in which they were added. */
    public List<CartLine> lines() {
        if (lines == null) {
            lines = fold(steps);
        }
        return lines;
    }

    /** Returns the lines as elements of {@code cart}: another list after each change. */
    public List<Timed> elements() {
        if (elements == null) {
            List<Timed> all = new ArrayList<>();
            for (CartLine line : lines()) {
                all.add(new Timed(line.time(), line.fields(details)));
            }
            elements = all;
        }
        return elements;
    }

    /** Returns whether a limit has dropped a step that the lines might have needed. */
    public boolean clipped() {
        return steps.stream().anyMatch(Step::isInexact);
    }

    /** @return whether the log exceeded its cap and was shortened */
    public boolean insert(Step step) {
        int index = steps.size();
        while (index > 0 && steps.get(index - 1).time() > step.time()) {
            index--;
        }
        changed();
        steps.add(index, step);
        if (index == steps.size() - 1 && !step.isOrder()) {
            follow(step);
        } else {
            forgetLines();
            boolean beforeOrder = index == 0 && steps.size() > 1 && steps.get(1).isOrder();
            int folded = lastFolded();
            if (folded > index && !beforeOrder) {
                steps.set(folded, Step.folded(steps.get(folded).time(), true, details.size()));
            }
            dropWhatAnOrderEnded();
        }
        return shortenOverCap();
    }

    /**
     * Adds the steps of another history with the same details, which arrived later than those of equal time. A step of
     * one log that belongs into the shortened part of the other makes the lines inexact.
     *
     * @param other may not be used any more
     * @return whether the log exceeded its cap and was shortened
     */
    public boolean merge(CartLog other) {
        changed();
        forgetLines();
        List<Step> own = List.copyOf(steps);
        steps.clear();
        BitSet others = new BitSet();
        int next = 0;
        for (Step step : other.steps) {
            while (next < own.size() && own.get(next).time() <= step.time()) {
                steps.add(own.get(next++));
            }
            others.set(steps.size());
            steps.add(step);
        }
        steps.addAll(own.subList(next, own.size()));
        uniteFolded(others);
        dropWhatAnOrderEnded();
        return shortenOverCap();
    }

    /** Replaces the marks of two logs by one. */
    private void uniteFolded(BitSet others) {
        int start = Math.max(0, lastOrder());
        int last = -1;
        boolean inexact = false;
        for (int index = start; index < steps.size(); index++) {
            if (steps.get(index).isFolded()) {
                int foreign = others.get(index) ? others.nextClearBit(start) : others.nextSetBit(start);
                inexact |= steps.get(index).isInexact() || (foreign >= 0 && foreign < index);
                last = index;
            }
        }
        if (last >= 0) {
            steps.set(last, Step.folded(steps.get(last).time(), inexact, details.size()));
            steps.subList(start, last).removeIf(Step::isFolded);
        }
    }

    private int lastFolded() {
        int index = steps.size() - 1;
        while (index >= 0 && !steps.get(index).isFolded()) {
            index--;
        }
        return index;
    }

    private int lastOrder() {
        int index = steps.size() - 1;
        while (index >= 0 && !steps.get(index).isOrder()) {
            index--;
        }
        return index;
    }

    private boolean shortenOverCap() {
        if (steps.size() <= CAP) {
            return false;
        }
        shorten();
        return true;
    }

    /** Switches to the detail fields of another plan. Fields that were not kept before are unset. */
    public void keep(List<String> wanted) {
        if (wanted.equals(details)) {
            return;
        }
        changed();
        steps.replaceAll(step -> new Step(
                step.time(), step.product(), step.quantity(), step.isOrder() ? List.of() : pick(step, wanted)));
        details = List.copyOf(wanted);
        forgetLines();
    }

    /** Applies the latest step to the lines that are known. Only an earlier step makes it necessary to fold again. */
    private void follow(Step step) {
        List<CartLine> known = lines;
        forgetLines();
        if (known != null) {
            lines = new ArrayList<>(known);
            apply(step, lines);
        }
    }

    private void forgetLines() {
        lines = null;
        elements = null;
    }

    private List<@Nullable Object> pick(Step step, List<String> wanted) {
        List<@Nullable Object> picked = new ArrayList<>();
        for (String name : wanted) {
            int index = details.indexOf(name);
            picked.add(index < 0 ? null : step.details().get(index));
        }
        return picked;
    }

    private void dropWhatAnOrderEnded() {
        steps.subList(0, Math.max(0, lastOrder())).clear();
    }

    /** Replaces the log with the resulting lines: each line's start, then its last change. */
    private void shorten() {
        List<Step> shorter = new ArrayList<>();
        if (steps.get(0).isOrder()) {
            shorter.add(steps.get(0));
        }
        List<CartLine> current = lines();
        // The oldest lines are dropped if there are too many.
        int dropped = Math.max(0, current.size() - CAP / 4);
        for (CartLine line : current.subList(dropped, current.size())) {
            shorter.add(new Step(line.since(), line.product(), line.quantity(), line.details()));
            if (line.time() > line.since()) {
                shorter.add(new Step(line.time(), line.product(), 0, line.details()));
            }
        }
        shorter.sort(java.util.Comparator.comparingLong(Step::time));
        shorter.add(Step.folded(steps.get(steps.size() - 1).time(), clipped() || dropped > 0, details.size()));
        steps.clear();
        steps.addAll(shorter);
        forgetLines();
    }

    @Override
    public boolean halve() {
        changed();
        long end = steps.isEmpty() ? 0 : steps.get(steps.size() - 1).time();
        boolean inexact = clipped();
        steps.removeIf(Step::isFolded);
        // The order stays, so that late events from before it do not enter the cart.
        int first = steps.size() > 1 && steps.get(0).isOrder() ? 1 : 0;
        int gone = (steps.size() - first + 1) / 2;
        steps.subList(first, first + gone).clear();
        if (gone > 0 || inexact) {
            steps.add(Step.folded(end, true, details.size()));
        }
        forgetLines();
        return gone > 0;
    }

    private static List<CartLine> fold(List<Step> steps) {
        List<CartLine> lines = new ArrayList<>();
        for (Step step : steps) {
            apply(step, lines);
        }
        return lines;
    }

    private static void apply(Step step, List<CartLine> lines) {
        if (step.isOrder()) {
            lines.clear();
        } else if (step.quantity() < 0) {
            takeOut(lines, step);
        } else {
            putIn(lines, step);
        }
    }

    private static void putIn(List<CartLine> lines, Step step) {
        for (int index = 0; index < lines.size(); index++) {
            if (lines.get(index).product().equals(step.product())) {
                lines.set(index, lines.get(index).plus(step));
                return;
            }
        }
        if (step.quantity() > 0) {
            lines.add(CartLine.begun(step));
        }
    }

    /** Removes pieces from the matching lines, first line first, and never more than a line has. */
    private static void takeOut(List<CartLine> lines, Step step) {
        long left = step.quantity() == Step.ALL ? Long.MAX_VALUE : -step.quantity();
        for (int index = 0; index < lines.size() && left > 0; index++) {
            CartLine line = lines.get(index);
            if (!line.product().fits(step.product())) {
                continue;
            }
            if (line.quantity() > left) {
                lines.set(index, line.minus(left, step.time()));
                return;
            }
            left -= line.quantity();
            lines.remove(index--);
        }
    }
}
