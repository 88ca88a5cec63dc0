// SPDX-License-Identifier: Apache-2.0
package dev.segue.yaml;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Explains in plain words why a text is not valid YAML, and where. The parser's own messages are never shown. */
final class YamlMessages {
    private static final String OTHERWISE =
            "this is not valid YAML here. Check the indentation, or put the whole text in quotes.";

    private static final Pattern KEY = Pattern.compile("(\\s*(?:[-?] +)*)([^\\s:'\"#][^:'\"#]*):(.*)");

    private final FileText file;
    private final String problem;
    private final String context;

    private YamlMessages(FileText file, MarkedYAMLException broken) {
        this.file = file;
        this.problem = broken.getProblem() == null ? "" : broken.getProblem();
        this.context = broken.getContext() == null ? "" : broken.getContext();
    }

    static Problem problem(FileText file, YAMLException broken) {
        if (broken instanceof ReaderException unreadable) {
            return file.problem(
                    file.codePoints(unreadable.getPosition()),
                    String.format(
                            Locale.ROOT,
                            "the character U+%04X is not allowed in a file. Remove it.",
                            unreadable.getCodePoint()));
        }
        if (broken instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return new YamlMessages(file, marked).marked(marked.getContextMark(), marked.getProblemMark());
        }
        String message = broken.getMessage() == null ? "" : broken.getMessage();
        return file.problem(
                0,
                message.startsWith("Nesting Depth")
                        ? "lists and maps are nested deeper than " + YamlDocuments.MAX_NESTING + "."
                        : "this is not YAML. A file contains lines such as 'name: value'.");
    }

    private Problem marked(Mark start, Mark place) {
        if (context.contains("quoted scalar") && start != null) {
            return file.problem(
                    start,
                    problem.contains("escape")
                            ? "this text has a '\\' that is not a YAML escape. Write \\\\, or use single quotes."
                            : "the quote that opens here is not closed.");
        }
        if (context.contains("tag") && start != null) {
            return file.problem(
                    start, "YAML reads a value that begins with '!' as a tag. " + quoted(file.problem(start, "")));
        }
        boolean fromStart = start != null
                && (context.contains("simple key") || context.contains("alias") || context.contains("anchor"));
        Problem here = file.problem(fromStart ? start : place, "");
        String message = message(here);
        if (isIndented(here)) {
            int colon = file.codePoints(place.getIndex());
            return file.problem(colon - before(here).stripLeading().length(), message);
        }
        return file.problem(fromStart ? start : place, message);
    }

    /** @param here the place; its message is ignored */
    private String message(Problem here) {
        if (problem.startsWith("mapping values are not allowed")) {
            return colon(here);
        }
        if (problem.contains("TAB") || problem.contains("tab character")) {
            return "YAML does not allow a tab here. Indent with spaces only.";
        }
        if (problem.startsWith("expected <block end>") || problem.startsWith("expected '<document start>'")) {
            return unexpected(here);
        }
        if (context.contains("flow mapping") || context.contains("flow sequence")) {
            String bracket = context.contains("mapping") ? "}" : "]";
            return "a ',' or the closing '" + bracket + "' is missing before this.";
        }
        if (context.contains("simple key")) {
            return noColon(here);
        }
        if (context.contains("block scalar")) {
            return "the text after '>-' or '|' begins on the next line, indented further than its key.";
        }
        if (context.contains("directive")
                || context.contains("alias")
                || context.contains("anchor")
                || problem.contains("directive")
                || problem.contains("YAML document")
                || problem.contains("cannot start any token")) {
            return "a value or line cannot begin with this character in YAML. " + quoted(here);
        }
        if (problem.startsWith("sequence entries are not allowed")) {
            return "a '-' begins a list, which is not expected here. Remove the '-', or put a text that begins with '-' in"
                    + " quotes.";
        }
        return OTHERWISE;
    }

    /** Returns whether the line's key is indented too far. */
    private boolean isIndented(Problem here) {
        return problem.startsWith("mapping values are not allowed")
                && !before(here).contains(": ");
    }

    /** The second colon of a line belongs to a text, the first one to a key that is indented too far. */
    private static String colon(Problem here) {
        String before = before(here);
        if (before.isBlank()) {
            return OTHERWISE; // The line is not shown.
        }
        if (before.contains(": ")) {
            return "YAML reads ': ' inside a value as another key. " + quoted(here);
        }
        return "this line is indented further than the key before it. Begin '" + before.strip()
                + "' in the same column as the other keys.";
    }

    private static String unexpected(Problem here) {
        Matcher key = KEY.matcher(here.sourceLine());
        if (key.matches()
                && key.group(3).stripLeading().matches("['\"].*")
                && !before(here).isBlank()) {
            return "YAML ends a value that begins with a quote at the next quote, so this text is left over. "
                    + quoted(here);
        }
        return "this does not continue the line before it. Begin it in the same column as the other keys, or"
                + " put the whole text in quotes.";
    }

    private static String noColon(Problem here) {
        Matcher pressed = Pattern.compile("\\s*([A-Za-z]+):\\S.*").matcher(here.sourceLine());
        return pressed.matches()
                ? "a space is missing after '" + pressed.group(1) + ":'."
                : "this line has no key: a ':' followed by a space is missing, or the line before it is not"
                        + " finished. Indent a text that continues on the next line.";
    }

    private static String before(Problem here) {
        String line = here.sourceLine();
        int end = line.offsetByCodePoints(0, Math.min(here.column() - 1, line.codePointCount(0, line.length())));
        return line.substring(0, end);
    }

    /** Suggests how to quote the line's value so that YAML reads it literally. */
    private static String quoted(Problem here) {
        Matcher key = KEY.matcher(here.sourceLine());
        if (!key.matches() || key.group(3).isBlank() || key.group(3).length() > 120) {
            return "Put the whole text in quotes.";
        }
        String value = key.group(3).strip();
        boolean single = value.contains("\"") || value.contains("\\") || !value.contains("'");
        return "Put the whole value in quotes: " + key.group(2) + ": "
                + (single ? "'" + value.replace("'", "''") + "'" : "\"" + value + "\"");
    }
}
