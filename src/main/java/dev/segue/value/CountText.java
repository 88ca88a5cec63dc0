// SPDX-License-Identifier: Apache-2.0
package dev.segue.value;

import java.util.Locale;

/** Formats counts and shares for people. */
public final class CountText {
    private static final double HUNDRED = 100;

    private CountText() {}

    /** With commas between thousands. */
    public static String of(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** @param noun in the singular */
    public static String of(long number, String noun) {
        return of(number, noun, noun + "s");
    }

    /**
     * @param one the words after the number one, such as {@code event was}
     * @param others those after any other number
     */
    public static String of(long number, String one, String others) {
        return of(number) + " " + (number == 1 ? one : others);
    }

    /** Formats a share from 0 to 1 in percent; a small share is never shown as none, nor a large one as all. */
    public static String percent(double share) {
        if (share > 0 && share < 0.001) {
            return "< 0.1 %";
        }
        return share < 1 && share > 0.999
                ? "> 99.9 %"
                : String.format(Locale.ROOT, share == 1 || share == 0 ? "%.0f %%" : "%.1f %%", HUNDRED * share);
    }
}
