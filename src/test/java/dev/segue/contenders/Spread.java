// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The median of several runs, with the minimum and maximum. */
record Spread(double least, double median, double most) {
    static <T> Spread of(Collection<T> runs, ToDoubleFunction<T> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }

    /** The spread of the runs whose figure is known, or a dash if there are none; unknown figures are below 0. */
    static <T> String text(Collection<T> runs, ToDoubleFunction<T> figure, String format) {
        List<T> known =
                runs.stream().filter(run -> figure.applyAsDouble(run) >= 0).toList();
        return known.isEmpty() ? "-" : of(known, figure).text(format);
    }

    /** Such as {@code 41200 (39800-43000)}. */
    String text(String format) {
        return format.formatted(median) + " (" + format.formatted(least) + "-" + format.formatted(most) + ")";
    }
}
