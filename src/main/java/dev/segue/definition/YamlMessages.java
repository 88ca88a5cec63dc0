package dev.segue.definition;

import java.util.Locale;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Says in plain words why a text is not YAML, and where. */
final class YamlMessages {
    private YamlMessages() {}

    static Problem problem(FileText file, YAMLException broken) {
        if (broken instanceof ReaderException unreadable) {
            return file.problem(
                    file.codePoints(unreadable.getPosition()),
                    String.format(
                            Locale.ROOT,
                            "the character U+%04X is not allowed in a file. Take it out.",
                            unreadable.getCodePoint()));
        }
        if (broken instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return marked(file, marked, marked.getProblemMark());
        }
        String message = broken.getMessage() == null ? "" : broken.getMessage();
        return file.problem(
                0,
                message.startsWith("Nesting Depth")
                        ? "lists and maps are nested deeper than " + DefinitionReader.MAX_NESTING + "."
                        : "this is not YAML: " + message.lines().findFirst().orElse("it cannot be read") + ".");
    }

    private static Problem marked(FileText file, MarkedYAMLException broken, Mark place) {
        String problem = broken.getProblem() == null ? "it cannot be read" : broken.getProblem();
        String context = broken.getContext() == null ? "" : broken.getContext();
        if (context.contains("quoted scalar") && broken.getContextMark() != null) {
            return file.problem(
                    broken.getContextMark(),
                    problem.contains("escape")
                            ? "this text has a '\\' that YAML does not know. Write \\\\, or use single quotes."
                            : "the quote that opens here is not closed.");
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return file.problem(
                    place,
                    "a ':' is not expected here. Is a line indented too far? Or is it part of a text? Then put the"
                            + " whole text in quotes.");
        }
        if (problem.contains("TAB")) {
            return file.problem(place, "a tab stands where YAML wants spaces. Indent with spaces only.");
        }
        if (problem.startsWith("expected <block end>")) {
            return file.problem(
                    place,
                    "this does not belong to what stands before it. A text that begins with a quote ends at the next"
                            + " one: write an expression that begins so below '>-'. Else mend the indentation.");
        }
        if (context.contains("flow mapping") || context.contains("flow sequence")) {
            String bracket = context.contains("mapping") ? "}" : "]";
            return file.problem(place, "a ',' or the closing '" + bracket + "' is missing before this.");
        }
        return file.problem(place, "this is not YAML: " + problem + ".");
    }
}
