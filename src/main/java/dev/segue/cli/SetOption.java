// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.config.ParamOverride;
import dev.segue.config.SourceWord;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option for values of params. */
final class SetOption {
    private static final String SET = "--set";

    @Option(
            names = SET,
            paramLabel = "SEGMENT.PARAM=VALUE",
            description = "Value for a param of a definition, such as cart-abandoned.quiet=30m. May be given"
                    + " several times.")
    private List<String> values = List.of();

    /** @throws UserError if the value of a param is malformed */
    List<ParamOverride> overrides() {
        List<ParamOverride> all = new ArrayList<>();
        for (int number = 1; number <= values.size(); number++) {
            all.add(override(values.get(number - 1), number));
        }
        return all;
    }

    /** A definition's name has no dot and a param's no equals sign. */
    private static ParamOverride override(String text, int number) {
        int dot = text.indexOf('.');
        int equals = text.indexOf('=', dot + 1);
        if (dot < 1 || equals < dot + 2) {
            throw new UserError(
                    SET + " must be SEGMENT.PARAM=VALUE, such as cart-abandoned.quiet=30m, not '" + text + "'.");
        }
        return new ParamOverride(
                word(text, 0, dot, number),
                word(text, dot + 1, equals, number),
                word(text, equals + 1, text.length(), number));
    }

    private static SourceWord word(String text, int from, int to, int number) {
        return new SourceWord(text.substring(from, to), SET, number, text.codePointCount(0, from) + 1, text);
    }
}
