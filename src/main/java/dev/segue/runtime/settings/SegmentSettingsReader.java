// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.settings;

import dev.segue.config.ParamOverride;
import dev.segue.config.SegmentSettings;
import dev.segue.config.WidthSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the section {@code segments}. */
final class SegmentSettingsReader {
    private static final Map<String, SegmentSettings.Publish> PUBLISH = Map.of(
            "when-empty", SegmentSettings.Publish.WHEN_EMPTY,
            "at-start", SegmentSettings.Publish.AT_START);

    private SegmentSettingsReader() {}

    static SegmentSettings read(SettingsSection yaml, SegmentSettings usual) {
        List<String> usualDirectories =
                usual.directories().stream().map(Path::toString).toList();
        List<Path> directories = yaml.texts("directories", usualDirectories).stream()
                .map(Path::of)
                .toList();
        List<ParamOverride> overrides = overrides(yaml.section("overrides"));
        WidthSettings width = width(yaml.section("width"), usual.width());
        SegmentSettings.Publish publish = yaml.choice("publish", PUBLISH, usual.publish());
        yaml.refuseUnknown();
        return yaml.build(() -> new SegmentSettings(directories, overrides, width, publish), usual);
    }

    /** Every word keeps its place, because only the definitions can show whether it fits. */
    private static List<ParamOverride> overrides(SettingsSection segments) {
        List<ParamOverride> overrides = new ArrayList<>();
        for (String segment : segments.keys()) {
            SettingsSection params = segments.section(segment);
            for (String param : params.keys()) {
                params.word(param)
                        .ifPresent(value -> overrides.add(
                                new ParamOverride(segments.keyWord(segment), params.keyWord(param), value)));
            }
        }
        return overrides;
    }

    private static WidthSettings width(SettingsSection yaml, WidthSettings usual) {
        int afterCustomers = yaml.number("after_customers", usual.afterCustomers());
        double nearlyEverybody = yaml.fraction("nearly_everybody", usual.nearlyEverybody());
        yaml.refuseUnknown();
        return yaml.build(() -> new WidthSettings(afterCustomers, nearlyEverybody), usual);
    }
}
