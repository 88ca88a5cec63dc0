// SPDX-License-Identifier: Apache-2.0
package dev.segue.catalogue;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Vocabulary;
import dev.segue.plan.Plan;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.runtime.settings.SegmentFiles;
import dev.segue.serde.event.EventSchemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The shipped files: the vocabulary of schemas/events and the definitions of segments/, with their default params. */
final class Shipped {
    static final Path SEGMENTS = Path.of("segments");
    static final Path TRIGGERS = Path.of("triggers");
    static final Path CHANNELS = TRIGGERS.resolve("channels.yaml");
    static final Vocabulary VOCABULARY = vocabulary();

    /** Segments, groups, traits, triggers and channels. */
    private static final SortedMap<String, Definition> ALL = definitions();

    /** Segments, groups and traits. */
    static final SortedMap<String, Definition> DEFINITIONS = without(Definition::isAboutSending);

    /** Triggers and channels. */
    static final SortedMap<String, Definition> SENDING = without(definition -> !definition.isAboutSending());

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
                    .read(SegmentFiles.read(List.of(SEGMENTS, TRIGGERS)))
                    .forEach(definition -> byName.put(definition.name(), definition));
        } catch (InvalidDefinitions | InvalidSettings failure) {
            throw new AssertionError(failure.getMessage(), failure);
        }
        return byName;
    }

    private static SortedMap<String, Definition> without(Predicate<Definition> left) {
        SortedMap<String, Definition> rest = new TreeMap<>(ALL);
        rest.values().removeIf(left);
        return rest;
    }

    /** A plan of one definition and of the definitions that it refers to, directly or indirectly. */
    static Plan plan(Definition definition) {
        return Plan.compile(List.copyOf(needed(definition).values()), VOCABULARY);
    }

    /** The same plan, with another text for a file. */
    static Plan plan(Definition definition, Path changed, String text) throws Exception {
        Map<Path, DefinitionText> texts = new LinkedHashMap<>();
        for (Definition each : needed(definition).values()) {
            Path file = file(each);
            texts.put(file, new DefinitionText(file.toString(), file.equals(changed) ? text : Files.readString(file)));
        }
        return Plan.compile(new DefinitionReader(VOCABULARY).read(List.copyOf(texts.values())), VOCABULARY);
    }

    /** True if a plan of the definition reads the file. */
    static boolean reads(Definition definition, Path file) {
        return needed(definition).values().stream().anyMatch(each -> file(each).equals(file));
    }

    static Path file(Definition definition) {
        if (definition.rule() instanceof DefinitionRule.Channel) {
            return CHANNELS;
        }
        return (definition.isAboutSending() ? TRIGGERS : SEGMENTS).resolve(definition.name() + ".yaml");
    }

    private static Map<String, Definition> needed(Definition definition) {
        Map<String, Definition> needed = new LinkedHashMap<>();
        need(definition, definition.rule() instanceof DefinitionRule.Channel, needed);
        return needed;
    }

    /** @param all whether all triggers of a channel are needed, because they share its caps */
    private static void need(Definition definition, boolean all, Map<String, Definition> needed) {
        if (needed.putIfAbsent(definition.name(), definition) == null) {
            for (Definition other : ALL.values()) {
                boolean isChannel = definition.rule() instanceof DefinitionRule.Trigger trigger
                        && trigger.channelName().equals(other.name());
                boolean isOfChannel = all
                        && other.rule() instanceof DefinitionRule.Trigger trigger
                        && trigger.channelName().equals(definition.name());
                if (isChannel || isOfChannel || other.segments().stream().anyMatch(definition.references()::contains)) {
                    need(other, all, needed);
                }
            }
        }
    }
}
