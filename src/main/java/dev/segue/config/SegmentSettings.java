// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.nio.file.Path;
import java.util.List;

/**
 * The definitions of this installation, and the settings that apply to them.
 *
 * @param directories files, and directories with {@code *.yaml} and {@code *.yml}, at least one; all are read together
 * @param overrides replacement values for params; for a repeated param the last override wins
 * @param width thresholds for segments that are too narrow or too wide
 * @param publish when a starting instance publishes its definitions
 */
public record SegmentSettings(
        List<Path> directories, List<ParamOverride> overrides, WidthSettings width, Publish publish) {
    /** When a starting instance publishes its definitions. */
    public enum Publish {
        /** Only if none were published before. */
        WHEN_EMPTY,
        /** Whenever they differ from the published ones. */
        AT_START
    }

    /** @throws IllegalArgumentException if {@code directories} is empty */
    public SegmentSettings {
        Check.that(!directories.isEmpty(), "segments.directories must name at least one directory");
        directories = List.copyOf(directories);
        overrides = List.copyOf(overrides);
    }

    public static SegmentSettings defaults() {
        return in(Path.of("segments"), Path.of("triggers"));
    }

    /** The definitions in files or directories, without overrides. */
    public static SegmentSettings in(Path... directories) {
        return new SegmentSettings(List.of(directories), List.of(), WidthSettings.defaults(), Publish.WHEN_EMPTY);
    }

    public SegmentSettings withDirectories(List<Path> value) {
        return new SegmentSettings(value, overrides, width, publish);
    }

    public SegmentSettings withOverrides(List<ParamOverride> value) {
        return new SegmentSettings(directories, value, width, publish);
    }

    public SegmentSettings withWidth(WidthSettings value) {
        return new SegmentSettings(directories, overrides, value, publish);
    }

    public SegmentSettings withPublish(Publish value) {
        return new SegmentSettings(directories, overrides, width, value);
    }
}
