package dev.segue.cli;

import dev.segue.config.Settings;
import dev.segue.definition.CheckedDefinitions;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Vocabulary;
import dev.segue.plan.PlanOptions;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.runtime.settings.SegmentFiles;
import dev.segue.serde.event.Acceptance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The definitions of every command that works on them: with {@code --config} those that the processor would run with
 * these settings, and with the same values.
 */
final class DefinitionsOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings of the processor, such as segue.yaml: its segments with their overrides, its"
                    + " schemas, zone, currency and limits hold here too.")
    private @Nullable Path config;

    @Mixin
    private SegmentsOptions segments = new SegmentsOptions();

    @Mixin
    private VocabularyOption vocabulary = new VocabularyOption();

    private @Nullable Settings settings;

    /**
     * The settings that were named, or what is usual, with the places and values that were said instead.
     *
     * @throws UserError when the settings are wrong
     */
    Settings settings() {
        if (settings == null) {
            Settings named = config == null ? Settings.defaults() : SettingsFile.read(config);
            settings = named.withSegments(segments.over(named.segments()));
        }
        return settings;
    }

    /** What holds for all definitions together. */
    PlanOptions planOptions() {
        return new PlanOptions(
                settings().zone(), settings().limits().dedupWindow(), settings().currency());
    }

    /** What events of files must have besides their form. */
    Acceptance acceptance() {
        return new Acceptance(settings().limits());
    }

    /** Whether it was said, in either way, which definitions there are. */
    boolean arePlaced() {
        return config != null || segments.arePlaced();
    }

    /** @throws UserError when nothing was said and there is no usual place */
    List<Path> places() {
        return arePlaced()
                ? settings().segments().directories()
                : List.of(InstalledFiles.find("segments", "--segments"));
    }

    /** @throws UserError when the directory is absent or a schema is wrong */
    Vocabulary vocabulary() {
        return vocabulary
                .schemas(config == null ? null : settings().schemas().resolve("events"))
                .vocabulary();
    }

    /**
     * Reads all definitions together, so that every problem is told at once.
     *
     * @throws UserError when a place cannot be read or there is no definition at all
     * @throws InvalidDefinitions with every problem of all files
     */
    CheckedDefinitions read(Vocabulary words) throws InvalidDefinitions {
        return read(places(), words);
    }

    /**
     * The same together with further files or directories, which may be among them.
     *
     * @throws InvalidDefinitions with every problem of all files
     */
    CheckedDefinitions readWith(List<Path> more, Vocabulary words) throws InvalidDefinitions {
        List<Path> all = new ArrayList<>(places());
        all.addAll(more);
        return read(all, words);
    }

    /**
     * The same of nothing but the given files or directories.
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
