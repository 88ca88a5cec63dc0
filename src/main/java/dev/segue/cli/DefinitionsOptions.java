// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.config.Settings;
import dev.segue.definition.CheckedDefinitions;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Vocabulary;
import dev.segue.plan.PlanOptions;
import dev.segue.plan.identity.Linking;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.runtime.settings.SegmentFiles;
import dev.segue.serde.event.Acceptance;
import dev.segue.serde.event.EventSchemas;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The definitions of every command that uses them: with {@code --config}, the definitions and values that the processor
 * would use with these settings.
 */
final class DefinitionsOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings of the processor, such as segue.yaml: its segments with their overrides, its"
                    + " schemas, zone, currency and limits apply here, too.")
    private @Nullable Path config;

    @Mixin
    private SegmentsOptions segments = new SegmentsOptions();

    @Mixin
    private VocabularyOption vocabulary = new VocabularyOption();

    private @Nullable Settings settings;

    /**
     * Returns the settings that were named, or else the defaults, with the places and values from the command line.
     *
     * @throws UserError if the settings are wrong
     */
    Settings settings() {
        if (settings == null) {
            Settings named = config == null ? Settings.defaults() : SettingsFile.read(config);
            settings = named.withSegments(segments.over(named.segments()));
        }
        return settings;
    }

    /** The options that apply to all definitions. */
    PlanOptions planOptions() {
        return PlanOptions.of(settings());
    }

    /** The rules by which events link ids. */
    Linking linking() {
        return new Linking(settings().identity(), settings().limits());
    }

    /** The rules that events of files must pass besides their format. */
    Acceptance acceptance() {
        return new Acceptance(settings().limits());
    }

    /** True if the definitions were placed by a command-line option or by settings. */
    boolean arePlaced() {
        return config != null || segments.arePlaced();
    }

    /** @throws UserError if no place was given and the usual one does not exist */
    List<Path> places() {
        return arePlaced() ? settings().segments().directories() : InstalledFiles.definitions();
    }

    /** @throws UserError if the directory is absent or a schema is wrong */
    Vocabulary vocabulary() {
        return schemas().vocabulary();
    }

    /** @throws UserError if the directory is absent or a schema is wrong */
    EventSchemas schemas() {
        return vocabulary.schemas(config == null ? null : settings().schemas().resolve("events"));
    }

    /**
     * Reads all definitions together, so that every problem is reported at once.
     *
     * @throws UserError if a place cannot be read or there is no definition at all
     * @throws InvalidDefinitions with every problem of all files
     */
    CheckedDefinitions read(Vocabulary words) throws InvalidDefinitions {
        return read(places(), words);
    }

    /**
     * As {@link #read(Vocabulary)}, with further files or directories, which may be among the former.
     *
     * @throws InvalidDefinitions with every problem of all files
     */
    CheckedDefinitions readWith(List<Path> more, Vocabulary words) throws InvalidDefinitions {
        List<Path> all = new ArrayList<>(places());
        all.addAll(more);
        return read(all, words);
    }

    /**
     * As {@link #read(Vocabulary)}, but only the given files or directories.
     *
     * @throws InvalidDefinitions with every problem of all files
     */
    CheckedDefinitions read(List<Path> places, Vocabulary words) throws InvalidDefinitions {
        try {
            return new DefinitionReader(words)
                    .check(SegmentFiles.read(places), settings().segments().overrides());
        } catch (InvalidSettings invalid) {
            throw new UserError(String.join("\n", invalid.problems()));
        }
    }
}
