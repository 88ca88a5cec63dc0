// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.config.ParamOverride;
import dev.segue.definition.CheckedDefinitions.Placed;
import dev.segue.definition.language.Language;
import dev.segue.event.Vocabulary;
import dev.segue.yaml.FileText;
import dev.segue.yaml.Problem;
import dev.segue.yaml.YamlDocuments;
import dev.segue.yaml.YamlFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;

/** Reads and checks the definitions of all files together. Safe for one thread at a time. */
public final class DefinitionReader {
    /** The longest file that is accepted, in characters. */
    public static final int MAX_TEXT = 64 * 1024;

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
            YamlFile file = new YamlFile(new FileText(text.file(), text.text()), problems);
            YamlDocuments documents = documents(file);
            whole &= documents.whole();
            for (Node document : documents.nodes()) {
                if (problems.size() > Problem.MOST) {
                    whole = false;
                    break;
                }
                new DocumentReader(file, document, language, names)
                        .read()
                        .map(definition -> overridden(definition, overrides, file, document, names))
                        .ifPresent(definitions::add);
            }
        }
        problems.addAll(new References(names, whole).problems());
        TriggerLinks links = new TriggerLinks(names, definitions, whole);
        problems.addAll(links.problems());
        problems.addAll(overrides.unknown(names, whole));
        if (!problems.isEmpty()) {
            throw new InvalidDefinitions(Problem.inOrder(problems));
        }
        definitions.replaceAll(links::linked);
        definitions.sort(Comparator.comparing(placed -> placed.definition().name()));
        return new CheckedDefinitions(
                definitions.stream().map(Placed::definition).toList(),
                definitions.stream().map(placed -> source(placed, overrides)).toList(),
                definitions.stream()
                        .collect(Collectors.toMap(placed -> placed.definition().name(), Placed::places)));
    }

    private static DefinitionSource source(Placed placed, Overrides overrides) {
        Definition definition = placed.definition();
        return new DefinitionSource(
                definition.name(),
                definition.version(),
                placed.text().file(),
                placed.text().text(),
                overrides.texts(definition.name()));
    }

    /**
     * Returns the definition with its overrides applied. The document is read again because a value of the right type
     * may still be wrong: a number may exceed a limit, and a text may not be a date.
     */
    private Placed overridden(Placed inFile, Overrides overrides, YamlFile file, Node document, Names names) {
        String name = inFile.definition().name();
        if (!overrides.touch(name)) {
            return inFile;
        }
        Names again = new Names();
        YamlFile changed = new YamlFile(file.text());
        Optional<Placed> read = overrides
                .inForce(inFile.definition(), file.problems())
                .flatMap(params -> new DocumentReader(changed, document, language, again).read(params));
        if (!changed.problems().isEmpty()) {
            file.problems().addAll(overrides.refused(name, changed.problems()));
        }
        read.ifPresent(definition -> names.replaceReferences(name, again.references()));
        return read.orElse(inFile);
    }

    private static YamlDocuments documents(YamlFile file) {
        YamlDocuments documents = YamlDocuments.read(file, MAX_TEXT);
        if (documents.whole() && documents.nodes().isEmpty()) {
            file.problem(0, "the file has no definition. One begins with " + DefinitionKeys.KINDS + ".");
        }
        return documents;
    }
}
