// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Generates constants, some of which become the definition's params. */
final class Literals {
    static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");

    /** Texts that also occur in events, so that conditions sometimes hold. */
    static final List<String> TEXTS = List.of("a", "b", "ab", "a, b", "", "A", "b ");

    private static final List<String> ALL_DURATIONS =
            List.of("1ms", "1500ms", "10s", "30s", "1m", "5m", "10m", "30m", "1h", "2h", "1d", "7d", "1w");

    private final Dice dice;
    private final List<String> durations;
    private Map<String, String> params = new TreeMap<>();

    /** A case has few durations, so that deadlines of different definitions coincide. */
    Literals(Dice dice) {
        this.dice = dice;
        this.durations = List.of(dice.any(ALL_DURATIONS), dice.any(ALL_DURATIONS), dice.any(ALL_DURATIONS));
    }

    List<String> durations() {
        return durations;
    }

    /** The params added since the last call. */
    Map<String, String> takeParams() {
        Map<String, String> taken = params;
        params = new TreeMap<>();
        return taken;
    }

    Term of(Sort sort) {
        String text = switch (sort) {
            case BOOL -> dice.any("true", "false");
            case INT -> dice.any("0", "1", "1", "2", "2", "3", "5", "-1");
            case DOUBLE -> dice.any("0.0", "0.1", "0.3", "1.0", "2.5", "19.95", "-1.0");
            case STRING -> "'" + dice.any(TEXTS) + "'";
            case DURATION -> "'" + dice.any(durations) + "'";
            default -> throw new IllegalArgumentException("no constants of " + sort);
        };
        return dice.once(12) ? param(sort, text) : Term.of(sort, text);
    }

    /** A constant of a sort that the entries of maps of mixed values have. */
    Term mixed() {
        return of(dice.any(Sort.STRING, Sort.STRING, Sort.DOUBLE, Sort.INT, Sort.BOOL));
    }

    /** The key of such a map. */
    String key() {
        return dice.any("'a'", "'b'");
    }

    Term nonZero() {
        return Term.of(Sort.INT, dice.any("1", "2", "3", "-2"));
    }

    private Term param(Sort sort, String text) {
        String name = "p" + (params.size() + 1);
        params.put(name, text);
        return Term.of(sort, "params." + name);
    }
}
