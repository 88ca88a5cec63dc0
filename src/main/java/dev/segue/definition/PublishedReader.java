// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.config.ParamOverride;
import dev.segue.config.SourceWord;
import dev.segue.event.Vocabulary;
import dev.segue.yaml.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads definitions that were published. Safe for one thread at a time. */
public final class PublishedReader {
    private final DefinitionReader reader;

    public PublishedReader(Vocabulary vocabulary) {
        this.reader = new DefinitionReader(vocabulary);
    }

    /**
     * @return in order of name
     * @throws InvalidDefinitions if this installation cannot read them, or one gives another version than the
     *     published one
     */
    public List<Definition> read(List<DefinitionSource> sources) throws InvalidDefinitions {
        List<DefinitionText> texts = new ArrayList<>();
        List<ParamOverride> overrides = new ArrayList<>();
        for (DefinitionSource source : sources) {
            texts.add(new DefinitionText(source.file(), source.text()));
            source.params()
                    .forEach((param, value) -> overrides.add(
                            new ParamOverride(word(source, source.name()), word(source, param), word(source, value))));
        }
        List<Definition> definitions = reader.read(texts, overrides);
        Map<String, Definition> byName =
                definitions.stream().collect(Collectors.toMap(Definition::name, Function.identity()));
        List<Problem> problems = sources.stream()
                .filter(source -> !hasItsVersion(byName.get(source.name()), source))
                .map(PublishedReader::otherVersion)
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidDefinitions(problems);
        }
        return definitions;
    }

    private static boolean hasItsVersion(@Nullable Definition definition, DefinitionSource source) {
        return definition != null && definition.version().equals(source.version());
    }

    private static Problem otherVersion(DefinitionSource source) {
        return new Problem(
                source.file(),
                1,
                1,
                "'" + source.name() + "' is published as version " + source.version()
                        + ", but its text does not have this version. Publish it again.",
                "");
    }

    private static SourceWord word(DefinitionSource source, String text) {
        return new SourceWord(text, source.file(), 1, 1, "");
    }
}
