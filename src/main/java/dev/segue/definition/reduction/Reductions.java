// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.reduction;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The functions of the language that turn a stream into one value. A new function is added to {@link #ALL}. */
public final class Reductions {
    public static final Reduction COUNT = new Count();
    public static final Reduction EXISTS = new Exists();
    public static final Reduction EVERY = new All();
    public static final Reduction SHARE = new Share();
    public static final Reduction SUM = new Sum();
    public static final Reduction DISTINCT_COUNT = new DistinctCount();
    public static final Reduction MOST = new Most();
    public static final Reduction LATEST = new Latest();
    public static final Reduction FIRST = new First();
    public static final Reduction OVERDUE = new Overdue();
    public static final Reduction LIST = new Listing();

    /** All reductions that can be written as a call. */
    public static final List<Reduction> ALL = List.of(
            COUNT,
            EXISTS,
            EVERY,
            SHARE,
            SUM,
            new Avg(),
            new Min(),
            new Max(),
            new Median(),
            new Distinct(),
            MOST,
            LATEST,
            FIRST,
            OVERDUE);

    /** Reductions that are called without a condition, by name. */
    public static final Map<String, Reduction> FUNCTIONS = ALL.stream()
            .filter(reduction -> !reduction.takesCondition() && reduction.argument() == null)
            .collect(Collectors.toUnmodifiableMap(Reduction::name, Function.identity()));

    /** Reductions that are called with a condition, by name. */
    public static final Map<String, Reduction> CONDITIONS = ALL.stream()
            .filter(Reduction::takesCondition)
            .collect(Collectors.toUnmodifiableMap(Reduction::name, Function.identity()));

    private Reductions() {}
}
