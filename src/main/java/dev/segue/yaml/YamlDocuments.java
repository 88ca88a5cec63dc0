// SPDX-License-Identifier: Apache-2.0
package dev.segue.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/**
 * The YAML documents of a file. Only plain keys, lists and texts are allowed: no anchors, aliases or tags.
 *
 * @param nodes the documents that are not empty, in order; those before a syntax error, if there is one
 * @param whole false if the file could not be read to its end
 */
public record YamlDocuments(List<Node> nodes, boolean whole) {
    /** The longest file that holds a single document, in characters. */
    private static final int LONGEST_SINGLE = 1024 * 1024;

    static final int MAX_NESTING = 20;

    private static final YamlDocuments UNREADABLE = new YamlDocuments(List.of(), false);

    /**
     * Reads all documents; adds a problem if the file is too long or is not plain YAML.
     *
     * @param longest the longest file that is accepted, in characters
     */
    public static YamlDocuments read(YamlFile file, int longest) {
        return read(file, longest, " Split it into several files.");
    }

    /**
     * Reads the document of a file that holds at most one; adds a problem if there are more. Empty if the file has no
     * document, or could not be read.
     */
    public static Optional<Node> single(YamlFile file) {
        YamlDocuments documents = read(file, LONGEST_SINGLE, "");
        documents.nodes().stream()
                .skip(1)
                .forEach(node -> file.problem(node, "a second document begins here. Keep one of them per file."));
        return documents.whole() ? documents.nodes().stream().findFirst() : Optional.empty();
    }

    private static YamlDocuments read(YamlFile file, int longest, String advice) {
        FileText text = file.text();
        int length = text.text().length();
        int foreign = text.text().indexOf('\ufffd');
        if (length > longest) {
            file.problem(0, "the file has " + length + " characters; the limit is " + longest + "." + advice);
            return UNREADABLE;
        }
        if (foreign >= 0) {
            file.problem(foreign, "this is not UTF-8 text. Save the file as UTF-8.");
            return UNREADABLE;
        }
        List<Problem> unwelcome = new ArrayList<>();
        Optional<Problem> broken = unwelcome(text, unwelcome);
        file.problems().addAll(unwelcome);
        return unwelcome.isEmpty() || broken.isPresent() ? compose(file, broken) : UNREADABLE;
    }

    /** Collects what a file must not contain; returns the syntax error that ends the search, if there is one. */
    private static Optional<Problem> unwelcome(FileText text, List<Problem> unwelcome) {
        try {
            for (Event event : yaml().parse(new StringReader(text.text()))) {
                unwelcome(event).ifPresent(message -> unwelcome.add(text.problem(event.getStartMark(), message)));
            }
            return Optional.empty();
        } catch (YAMLException broken) {
            return Optional.of(YamlMessages.problem(text, broken));
        }
    }

    private static YamlDocuments compose(YamlFile file, Optional<Problem> known) {
        List<Node> documents = new ArrayList<>();
        Optional<Problem> broken = known;
        try {
            // The documents before a broken one are still read.
            yaml().composeAll(new StringReader(file.text().text())).forEach(documents::add);
        } catch (YAMLException failure) {
            broken = known.or(() -> Optional.of(YamlMessages.problem(file.text(), failure)));
        }
        broken.ifPresent(file.problems()::add);
        documents.removeIf(YamlDocuments::isEmpty);
        return new YamlDocuments(documents, broken.isEmpty());
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(MAX_NESTING);
        return new Yaml(options);
    }

    private static boolean isEmpty(Node document) {
        return document instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    /**
     * Returns why a file must not contain this YAML; empty for plain keys, lists and texts. The message does not quote
     * the file, because a secret may begin with the same character.
     */
    private static Optional<String> unwelcome(Event event) {
        if (event instanceof AliasEvent) {
            return Optional.of(
                    "YAML aliases are not allowed. Repeat the value, or put a value that begins with '*' in quotes.");
        }
        if (event instanceof NodeEvent node && node.getAnchor() != null) {
            return Optional.of(
                    "YAML anchors are not allowed. Remove the '&' and its name, or put a value that begins with '&' in quotes.");
        }
        String tag = event instanceof ScalarEvent scalar
                ? scalar.getTag()
                : event instanceof CollectionStartEvent collection ? collection.getTag() : null;
        if (tag == null) {
            return Optional.empty();
        }
        return Optional.of(
                tag.startsWith("!") && !tag.equals("!")
                        ? "YAML reads a value that begins with '!' as a tag. Put the whole value in quotes."
                        : "YAML tags are not allowed. Remove it.");
    }
}
