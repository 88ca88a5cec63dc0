// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.config.ParamOverride;
import dev.segue.config.SegmentSettings;
import dev.segue.config.SourceWord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that choose the definitions and the values of their params. They take precedence over the settings. */
final class SegmentsOptions {
    private static final String SET = "--set";

    @Option(
            names = "--segments",
            arity = "1..*",
            paramLabel = "PATH",
            description = "Segment definitions: files or directories, read together. Default: those of the settings,"
                    + " else segments here, else the installation's.")
    private List<Path> paths = List.of();

    @Option(
            names = SET,
            paramLabel = "SEGMENT.PARAM=VALUE",
            description = "Value for a param of a definition, such as cart-abandoned.quiet=30m. May be given"
                    + " several times.")
    private List<String> values = List.of();

    /** @throws UserError if the value of a param is malformed */
    SegmentSettings over(SegmentSettings settings) {
        List<ParamOverride> all = new ArrayList<>(settings.overrides());
        for (int number = 1; number <= values.size(); number++) {
            all.add(override(values.get(number - 1), number));
        }
        return settings.withDirectories(paths.isEmpty() ? settings.directories() : paths)
                .withOverrides(all);
    }

    /** True if places of definitions were given. */
    boolean arePlaced() {
        return !paths.isEmpty();
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
