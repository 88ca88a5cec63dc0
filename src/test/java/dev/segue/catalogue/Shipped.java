// SPDX-License-Identifier: Apache-2.0
package dev.segue.catalogue;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Vocabulary;
import dev.segue.plan.Plan;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.runtime.settings.SegmentFiles;
import dev.segue.serde.event.EventSchemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The shipped files: the vocabulary of schemas/events and the definitions of segments/, with their default params. */
final class Shipped {
    static final Path SEGMENTS = Path.of("segments");
    static final Vocabulary VOCABULARY = vocabulary();
    static final SortedMap<String, Definition> DEFINITIONS = definitions();

    private Shipped() {}

    private static Vocabulary vocabulary() {
        try {
            return EventSchemas.read(Path.of("schemas", "events")).vocabulary();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private static SortedMap<String, Definition> definitions() {
        SortedMap<String, Definition> byName = new TreeMap<>();
        try {
            new DefinitionReader(VOCABULARY)
                    .read(SegmentFiles.read(List.of(SEGMENTS)))
                    .forEach(definition -> byName.put(definition.name(), definition));
        } catch (InvalidDefinitions | InvalidSettings failure) {
            throw new AssertionError(failure.getMessage(), failure);
        }
        return byName;
    }

    /** A plan of one definition and of the definitions that it refers to, directly or indirectly. */
    static Plan plan(Definition definition) {
        return Plan.compile(List.copyOf(needed(definition).values()), VOCABULARY);
    }

    /** The same plan, with another text for the definition's file. */
    static Plan plan(Definition definition, String text) throws Exception {
        List<DefinitionText> texts = new ArrayList<>();
        for (String name : needed(definition).keySet()) {
            Path file = file(name);
            texts.add(new DefinitionText(
                    file.toString(), name.equals(definition.name()) ? text : Files.readString(file)));
        }
        return Plan.compile(new DefinitionReader(VOCABULARY).read(texts), VOCABULARY);
    }

    static Path file(String definition) {
        return SEGMENTS.resolve(definition + ".yaml");
    }

    private static Map<String, Definition> needed(Definition definition) {
        Map<String, Definition> needed = new LinkedHashMap<>();
        need(definition, needed);
        return needed;
    }

    private static void need(Definition definition, Map<String, Definition> needed) {
        if (needed.putIfAbsent(definition.name(), definition) == null) {
            for (Definition other : DEFINITIONS.values()) {
                if (other.segments().stream().anyMatch(definition.references()::contains)) {
                    need(other, needed);
                }
            }
        }
    }
}
