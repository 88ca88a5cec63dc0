// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the problems of a settings file, with the lines of its keys. */
final class SettingsProblems {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{(?:file:([^}]+)|([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?)}");

    private final String file;
    private final UnaryOperator<@Nullable String> environment;
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /** @param environment returns the value of an environment variable, or null */
    SettingsProblems(String file, UnaryOperator<@Nullable String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /** @param column from 1; 0 if the line is enough */
    private record Problem(int line, int column, String message) {}

    void at(int line, String message) {
        at(line, 0, message);
    }

    void at(int line, int column, String message) {
        problems.add(new Problem(line, column, message));
    }

    void remember(String path, int line) {
        lines.put(path, line);
    }

    /** A message may begin with the path of its setting; otherwise it applies to the whole section. */
    void add(String section, String message) {
        String path = message.substring(0, Math.max(0, message.indexOf(' ')));
        String parent = section.isEmpty() ? "" : section.substring(0, section.length() - 1);
        at(lines.getOrDefault(path, lines.getOrDefault(parent, 1)), message);
    }

    /**
     * Replaces <code>${NAME}</code> by environment variables and <code>${file:PATH}</code> by the content of files, so
     * that the settings need not contain passwords; with <code>${NAME:-otherwise}</code> the variable may be unset.
     */
    String resolve(int line, String text) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> {
            String value = found.group(1) == null
                    ? variable(line, found.group(2), found.group(3))
                    : content(line, found.group(1));
            return Matcher.quoteReplacement(value);
        });
    }

    private String variable(int line, String name, @Nullable String otherwise) {
        String value = environment.apply(name);
        String chosen = value == null ? otherwise : value;
        if (chosen == null) {
            at(line, "the environment variable '" + name + "' is not set");
        }
        return chosen == null ? "" : chosen;
    }

    /** Without the trailing line break that editors and most secret tools write. */
    private String content(int line, String path) {
        try {
            return Files.readString(Path.of(path)).stripTrailing();
        } catch (IOException | InvalidPathException unreadable) {
            at(
                    line,
                    "the file '" + path + "' cannot be read as UTF-8 text: "
                            + unreadable.getClass().getSimpleName());
            return "";
        }
    }

    /** @throws InvalidSettings with all problems in order of line, if there are any */
    void throwIfAny() throws InvalidSettings {
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems.stream()
                    .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                    .map(problem -> file + ":" + problem.line() + (problem.column() == 0 ? "" : ":" + problem.column())
                            + ": " + problem.message())
                    .distinct()
                    .toList());
        }
    }
}
