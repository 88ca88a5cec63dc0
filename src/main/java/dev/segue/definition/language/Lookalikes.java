// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Characters that word processors and some keyboards write instead of the language's own. */
final class Lookalikes {
    private static final String QUOTES = "‘’‚‛“”„‟«»‹›′″`´";
    private static final Map<Integer, String> OPERATORS = Map.ofEntries(
            Map.entry((int) '≥', ">="),
            Map.entry((int) '≤', "<="),
            Map.entry((int) '≠', "!="),
            Map.entry((int) '＝', "=="),
            Map.entry((int) '＞', ">"),
            Map.entry((int) '＜', "<"),
            Map.entry((int) '∧', "&&"),
            Map.entry((int) '∨', "||"),
            Map.entry((int) '¬', "!"),
            Map.entry((int) '−', "-"),
            Map.entry((int) '–', "-"),
            Map.entry((int) '—', "-"),
            Map.entry((int) '×', "*"),
            Map.entry((int) '·', "."),
            Map.entry((int) '÷', "/"),
            Map.entry((int) '，', ","),
            Map.entry((int) '（', "("),
            Map.entry((int) '）', ")"),
            Map.entry((int) '…', "..."));

    private Lookalikes() {}

    /** Returns what to write instead of the first character; empty if it is not a lookalike. */
    static Optional<String> message(String here) {
        if (here.isEmpty()) {
            return Optional.empty();
        }
        int character = here.codePointAt(0);
        String shown = Character.toString(character);
        if (QUOTES.contains(shown)) {
            return Optional.of("'" + shown + "' is not a quote here. Write ' or \".");
        }
        if (OPERATORS.containsKey(character)) {
            return Optional.of("'" + shown + "' is not an operator. Write '" + OPERATORS.get(character) + "'.");
        }
        boolean invisible = Character.isSpaceChar(character)
                || Character.getType(character) == Character.FORMAT
                || Character.isISOControl(character);
        return invisible
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "this is an invisible character (%s, U+%04X). Replace it with an ordinary space, or remove it.",
                        character == 0xA0 || character == 0x202F
                                ? "no-break space"
                                : Character.isSpaceChar(character) ? "another space" : "a character without width",
                        character))
                : Optional.empty();
    }
}
