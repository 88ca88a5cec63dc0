// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest.report;

import java.util.Locale;

/** Formats counts and shares. */
final class CountText {
    private static final double HUNDRED = 100;

    private CountText() {}

    static String of(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** @param noun in the singular */
    static String of(long number, String noun) {
        return of(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** Formats a share from 0 to 1 in percent; a small share is never shown as none, nor a large one as all. */
    static String percent(double share) {
        if (share > 0 && share < 0.001) {
            return "< 0.1 %";
        }
        return share < 1 && share > 0.999
                ? "> 99.9 %"
                : String.format(Locale.ROOT, share == 1 || share == 0 ? "%.0f %%" : "%.1f %%", HUNDRED * share);
    }
}
