package dev.segue.definition;

import dev.segue.event.Vocabulary;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.Node;

/** Reads and checks the definitions of all files together. Safe for one thread at a time. */
public final class DefinitionReader {
    /** The longest file that is read, in characters. */
    public static final int MAX_TEXT = 64 * 1024;

    private final Language language;

    public DefinitionReader(Vocabulary vocabulary) {
        this.language = new Language(vocabulary);
    }

    /**
     * Reads all files together.
     *
     * @return the definitions in order of name
     * @throws InvalidDefinitions with every problem of all files, ordered by place
     */
    public List<Definition> read(List<DefinitionText> texts) throws InvalidDefinitions {
        List<Problem> problems = new ArrayList<>();
        List<Definition> definitions = new ArrayList<>();
        DocumentReader.Names names = new DocumentReader.Names(new HashMap<>(), new HashMap<>(), new ArrayList<>());
        for (DefinitionText text : texts) {
            FileText file = new FileText(text.file(), text.text());
            for (Node document : documents(file, problems)) {
                new DocumentReader(file, document, language, names, problems)
                        .read()
                        .ifPresent(definitions::add);
            }
        }
        problems.addAll(new References(names.owners(), names.references()).problems());
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparing(Problem::file)
                    .thenComparingInt(Problem::line)
                    .thenComparingInt(Problem::column));
            throw new InvalidDefinitions(problems);
        }
        definitions.sort(Comparator.comparing(Definition::name));
        return List.copyOf(definitions);
    }

    /** The YAML documents of a file; none, with a problem added, where it is not plain YAML of a sensible size. */
    private static List<Node> documents(FileText file, List<Problem> problems) {
        if (file.text().length() > MAX_TEXT) {
            problems.add(file.problem(
                    0,
                    "the file has " + file.text().length() + " characters; the limit is " + MAX_TEXT
                            + ". Split it into several files."));
            return List.of();
        }
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(20);
        Yaml yaml = new Yaml(options);
        try {
            for (Event event : yaml.parse(new StringReader(file.text()))) {
                if (event instanceof AliasEvent alias) {
                    problems.add(file.problem(
                            alias.getStartMark(),
                            "YAML aliases are not allowed. Write the value out where it is used."));
                    return List.of();
                }
            }
            List<Node> documents = new ArrayList<>();
            yaml.composeAll(new StringReader(file.text())).forEach(documents::add);
            if (documents.isEmpty()) {
                problems.add(file.problem(0, "the file has no definition."));
            }
            return documents;
        } catch (MarkedYAMLException broken) {
            String what = broken.getProblem() == null ? "broken YAML" : broken.getProblem();
            problems.add(
                    broken.getProblemMark() == null
                            ? file.problem(0, "broken YAML: " + what)
                            : file.problem(broken.getProblemMark(), "broken YAML: " + what));
        } catch (YAMLException broken) {
            problems.add(file.problem(
                    0, "broken YAML: " + broken.getMessage().lines().findFirst().orElse("")));
        }
        return List.of();
    }
}
