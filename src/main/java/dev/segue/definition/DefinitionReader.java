// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.config.ParamOverride;
import dev.segue.definition.CheckedDefinitions.Placed;
import dev.segue.definition.language.Language;
import dev.segue.event.Vocabulary;
import dev.segue.yaml.FileText;
import dev.segue.yaml.Problem;
import dev.segue.yaml.YamlMessages;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads and checks the definitions of all files together. Safe for one thread at a time. */
public final class DefinitionReader {
    /** The longest file that is accepted, in characters. */
    public static final int MAX_TEXT = 64 * 1024;

    /** At most this many problems are reported at once. */
    static final int MAX_PROBLEMS = 100;

    private final Language language;

    public DefinitionReader(Vocabulary vocabulary) {
        this.language = new Language(vocabulary);
    }

    /** As {@link #read(List, List)}, without overrides. */
    public List<Definition> read(List<DefinitionText> texts) throws InvalidDefinitions {
        return read(texts, List.of());
    }

    /**
     * Reads all files together.
     *
     * @param set overrides of params; if there are two for the same param, the later one wins
     * @return the definitions in order of name
     * @throws InvalidDefinitions with every problem of all files and overrides, ordered by place
     */
    public List<Definition> read(List<DefinitionText> texts, List<ParamOverride> set) throws InvalidDefinitions {
        return check(texts, set).definitions();
    }

    /** As {@link #read(List, List)}, with the places of the definitions' expressions and params. */
    public CheckedDefinitions check(List<DefinitionText> texts, List<ParamOverride> set) throws InvalidDefinitions {
        Overrides overrides = new Overrides(set);
        List<Problem> problems = new ArrayList<>();
        List<Placed> definitions = new ArrayList<>();
        Names names = new Names();
        boolean whole = true;
        for (DefinitionText text : texts) {
            FileText file = new FileText(text.file(), withoutMark(text.text()));
            Documents documents = documents(file, problems);
            whole &= documents.whole();
            for (Node document : documents.nodes()) {
                if (problems.size() > MAX_PROBLEMS) {
                    whole = false;
                    break;
                }
                new DocumentReader(file, document, language, names, problems)
                        .read()
                        .map(definition -> overridden(definition, overrides, file, document, names, problems))
                        .ifPresent(definitions::add);
            }
        }
        problems.addAll(new References(names, whole).problems());
        problems.addAll(overrides.unknown(names, whole));
        if (!problems.isEmpty()) {
            throw new InvalidDefinitions(shown(problems));
        }
        return new CheckedDefinitions(
                definitions.stream()
                        .map(Placed::definition)
                        .sorted(Comparator.comparing(Definition::name))
                        .toList(),
                definitions.stream()
                        .collect(Collectors.toMap(placed -> placed.definition().name(), Placed::places)));
    }

    /**
     * Returns the definition with its overrides applied. The document is read again because a value of the right type
     * may still be wrong: a number may exceed a limit, and a text may not be a date.
     */
    private Placed overridden(
            Placed inFile, Overrides overrides, FileText file, Node document, Names names, List<Problem> problems) {
        String name = inFile.definition().name();
        if (!overrides.touch(name)) {
            return inFile;
        }
        Names again = new Names();
        List<Problem> found = new ArrayList<>();
        Optional<Placed> read = overrides
                .inForce(inFile.definition(), problems)
                .flatMap(params -> new DocumentReader(file, document, language, again, found).read(params));
        if (!found.isEmpty()) {
            problems.addAll(overrides.refused(name, found));
        }
        read.ifPresent(definition -> names.replaceReferences(name, again.references()));
        return read.orElse(inFile);
    }

    /** Returns the first problems in order of place, at most {@link #MAX_PROBLEMS}. */
    private static List<Problem> shown(List<Problem> problems) {
        List<Problem> ordered = new ArrayList<>(problems.stream()
                .distinct()
                .sorted(Comparator.comparing(Problem::file)
                        .thenComparingInt(Problem::line)
                        .thenComparingInt(Problem::column))
                .toList());
        if (ordered.size() <= MAX_PROBLEMS) {
            return ordered;
        }
        Problem next = ordered.get(MAX_PROBLEMS);
        List<Problem> first = new ArrayList<>(ordered.subList(0, MAX_PROBLEMS));
        first.add(new Problem(
                next.file(),
                next.line(),
                next.column(),
                "there are more problems from here on. Fix these " + MAX_PROBLEMS + " first.",
                next.sourceLine()));
        return first;
    }

    /** Some editors begin a file with a byte order mark. */
    private static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    /** Returns the YAML documents of a file; adds a problem if the file is too long or is not plain YAML. */
    private static Documents documents(FileText file, List<Problem> problems) {
        if (file.text().length() > MAX_TEXT) {
            problems.add(file.problem(
                    0,
                    "the file has " + file.text().length() + " characters; the limit is " + MAX_TEXT
                            + ". Split it into several files."));
            return new Documents(List.of(), false);
        }
        int foreign = file.text().indexOf('\ufffd');
        if (foreign >= 0) {
            problems.add(file.problem(foreign, "this is not UTF-8 text. Save the file as UTF-8."));
            return new Documents(List.of(), false);
        }
        List<Node> documents = new ArrayList<>();
        boolean whole = true;
        try {
            int before = problems.size();
            for (Event event : yaml().parse(new StringReader(file.text()))) {
                unwelcome(event).ifPresent(message -> problems.add(file.problem(event.getStartMark(), message)));
            }
            if (problems.size() > before) {
                return new Documents(List.of(), false);
            }
        } catch (YAMLException broken) {
            problems.add(YamlMessages.problem(file, broken));
            whole = false;
        }
        try {
            // The documents before a broken one are still read.
            yaml().composeAll(new StringReader(file.text())).forEach(documents::add);
        } catch (YAMLException broken) {
            if (whole) {
                problems.add(YamlMessages.problem(file, broken));
            }
            whole = false;
        }
        documents.removeIf(DefinitionReader::isEmpty);
        if (whole && documents.isEmpty()) {
            problems.add(
                    file.problem(0, "the file has no definition. One begins with 'segment:', 'group:' or 'trait:'."));
        }
        return new Documents(documents, whole);
    }

    /** The documents read from a file, and whether they are the complete file. */
    private record Documents(List<Node> nodes, boolean whole) {}

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(YamlMessages.MAX_NESTING);
        return new Yaml(options);
    }

    private static boolean isEmpty(Node document) {
        return document instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    /** Returns why a definition must not contain this YAML; empty for plain keys, lists and texts. */
    private static Optional<String> unwelcome(Event event) {
        if (event instanceof AliasEvent) {
            return Optional.of("YAML aliases are not allowed. Repeat the value instead.");
        }
        if (event instanceof NodeEvent node && node.getAnchor() != null) {
            return Optional.of("YAML anchors are not allowed. Remove '&" + node.getAnchor() + "'.");
        }
        String tag = event instanceof ScalarEvent scalar
                ? scalar.getTag()
                : event instanceof CollectionStartEvent collection ? collection.getTag() : null;
        if (tag == null) {
            return Optional.empty();
        }
        return Optional.of(
                tag.startsWith("!") && !tag.equals("!")
                        ? "YAML reads '" + tag + "' as a tag. Put an expression that begins with '!' in quotes."
                        : "YAML tags are not allowed. Remove it.");
    }
}
