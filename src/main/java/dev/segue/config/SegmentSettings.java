package dev.segue.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Which definitions hold, and how.
 *
 * @param directories files, and directories with {@code *.yaml} and {@code *.yml}, at least one; read together
 * @param overrides other values for their params; of two for the same param the later holds
 * @param width when a segment is called too narrow or too wide
 */
public record SegmentSettings(List<Path> directories, List<ParamOverride> overrides, WidthSettings width) {
    /** @throws IllegalArgumentException where there is no directory */
    public SegmentSettings {
        Check.that(!directories.isEmpty(), "segments.directories must name at least one directory");
        directories = List.copyOf(directories);
        overrides = List.copyOf(overrides);
    }

    public static SegmentSettings defaults() {
        return in(Path.of("segments"));
    }

    /** What files or directories say, and nothing else. */
    public static SegmentSettings in(Path... directories) {
        return new SegmentSettings(List.of(directories), List.of(), WidthSettings.defaults());
    }

    public SegmentSettings withDirectories(List<Path> value) {
        return new SegmentSettings(value, overrides, width);
    }

    public SegmentSettings withOverrides(List<ParamOverride> value) {
        return new SegmentSettings(directories, value, width);
    }

    public SegmentSettings withWidth(WidthSettings value) {
        return new SegmentSettings(directories, overrides, value);
    }
}
