// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.config.ParamOverride;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Vocabulary;
import dev.segue.replay.backtest.ComparedSet;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.runtime.settings.SegmentFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the definitions that a backtest compares. */
final class DefinitionSets {
    private final Vocabulary vocabulary;
    private final List<ParamOverride> common;
    private final NamedSets named;

    /** @param common overrides of the settings, which apply to every definition that has the param */
    DefinitionSets(Vocabulary vocabulary, List<ParamOverride> common, NamedSets named) {
        this.vocabulary = vocabulary;
        this.common = common;
        this.named = named;
    }

    /**
     * Reads the old set.
     *
     * @param against a name, or a file or directory
     * @throws InvalidDefinitions with every problem of all files
     */
    ComparedSet old(String against) throws InvalidDefinitions {
        var set = named.find(against, vocabulary);
        return set.isPresent() ? set.get() : read("--against", List.of(Path.of(against)), List.of());
    }

    /**
     * Reads the new set.
     *
     * @param own overrides that must fit
     * @throws InvalidDefinitions with every problem of all files
     */
    ComparedSet changed(List<Path> paths, List<ParamOverride> own) throws InvalidDefinitions {
        return read("PATH", paths, own);
    }

    private ComparedSet read(String argument, List<Path> paths, List<ParamOverride> own) throws InvalidDefinitions {
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new UserError(
                        argument + ": there is no file or directory " + path + " with segment definitions.");
            }
        }
        try {
            List<DefinitionText> texts = SegmentFiles.read(paths);
            List<ParamOverride> overrides = fitting(texts);
            overrides.addAll(own);
            List<Definition> definitions = new DefinitionReader(vocabulary).read(texts, overrides);
            return new ComparedSet(paths.stream().map(Path::toString).collect(Collectors.joining(", ")), definitions);
        } catch (InvalidSettings invalid) {
            throw new UserError(String.join("\n", invalid.problems()));
        }
    }

    /** The settings' overrides are made for one set; in the other, a definition may be absent or have other params. */
    private List<ParamOverride> fitting(List<DefinitionText> texts) throws InvalidDefinitions {
        if (common.isEmpty()) {
            return new ArrayList<>();
        }
        Map<String, Definition> known = new HashMap<>();
        new DefinitionReader(vocabulary)
                .read(texts, List.of())
                .forEach(definition -> known.put(definition.name(), definition));
        return common.stream()
                .filter(override -> {
                    Definition definition = known.get(override.segment().text());
                    return definition != null
                            && definition.params().containsKey(override.param().text());
                })
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
