// SPDX-License-Identifier: Apache-2.0
package dev.segue.catalogue;

import dev.segue.value.DurationText;
import java.time.LocalTime;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The numbers and times in the text of triggers and channels, and what else could stand there. */
final class Borders {
    private static final Pattern BORDER = Pattern.compile(
            "(?m)(?<=^wait: |^expires: |^holdout: |at_most: |per: |within: |from: \'|to: \'|least: |away: |looked: |low: "
                    + "|products: )"
                    + "[0-9][0-9:.]*[a-z]*");

    private Borders() {}

    static List<MatchResult> in(String text) {
        return BORDER.matcher(text).results().toList();
    }

    /** A minute or second less and more, or one less and more. */
    static List<String> others(String value) {
        if (value.contains(":")) {
            LocalTime time = LocalTime.parse(value);
            return List.of(String.valueOf(time.minusMinutes(1)), String.valueOf(time.plusMinutes(1)));
        }
        if (value.matches("[0-9]+[smhd]")) {
            long seconds = DurationText.read(value).toSeconds();
            return List.of((seconds - 1) + "s", (seconds + 1) + "s");
        }
        if (value.contains(".")) {
            double number = Double.parseDouble(value);
            return List.of(String.valueOf(number - 0.01), String.valueOf(number + 0.01));
        }
        int number = Integer.parseInt(value);
        return number == 1 ? List.of("2") : List.of(String.valueOf(number - 1), String.valueOf(number + 1));
    }

    /** Returns a text with another value at a border. */
    static String replace(String text, MatchResult border, String other) {
        return text.substring(0, border.start()) + other + text.substring(border.end());
    }
}
