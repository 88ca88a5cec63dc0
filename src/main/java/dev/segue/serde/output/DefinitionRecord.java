// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.definition.DefinitionSet;
import dev.segue.definition.DefinitionSource;
import dev.segue.definition.SetOptions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A record of the topic of definitions. */
public sealed interface DefinitionRecord {
    /** Returns the record's key. */
    String key();

    /** One definition. */
    record Text(DefinitionSource source) implements DefinitionRecord {
        @Override
        public String key() {
            return source.id();
        }
    }

    /**
     * A set, which names its definitions; they come before it, in the same transaction.
     *
     * @param definitions their keys
     */
    record Manifest(
            long revision, Instant at, String by, @Nullable Long restores, SetOptions options, List<String> definitions)
            implements DefinitionRecord {
        public Manifest {
            definitions = List.copyOf(definitions);
        }

        /** Names of definitions never begin with this character. */
        private static final char SET = '@';

        /** Returns whether a record with this key is a set. */
        public static boolean isKey(String key) {
            return !key.isEmpty() && key.charAt(0) == SET;
        }

        /** Returns the key of a set. */
        public static String key(long revision) {
            return SET + Long.toString(revision);
        }

        @Override
        public String key() {
            return key(revision);
        }

        /**
         * Returns the whole set.
         *
         * @param known definitions by key
         * @throws IncompleteSet if one is missing
         */
        public DefinitionSet with(Map<String, DefinitionSource> known) throws IncompleteSet {
            TreeSet<String> missing = new TreeSet<>(definitions);
            missing.removeAll(known.keySet());
            if (!missing.isEmpty()) {
                throw new IncompleteSet(revision, missing);
            }
            return new DefinitionSet(
                    revision,
                    at,
                    by,
                    restores,
                    options,
                    definitions.stream().map(known::get).toList());
        }
    }

    /** Returns the records of a set, the set itself last. */
    static List<DefinitionRecord> of(DefinitionSet set) {
        Stream<DefinitionRecord> texts = set.sources().stream().map(Text::new);
        return Stream.concat(texts, Stream.of(manifest(set))).toList();
    }

    private static Manifest manifest(DefinitionSet set) {
        return new Manifest(
                set.revision(),
                set.at(),
                set.by(),
                set.restores(),
                set.options(),
                set.sources().stream().map(DefinitionSource::id).toList());
    }
}
