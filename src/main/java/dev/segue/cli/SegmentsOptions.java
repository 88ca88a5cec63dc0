// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.config.ParamOverride;
import dev.segue.config.SegmentSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that choose the definitions and the values of their params. They take precedence over the settings. */
final class SegmentsOptions {
    @Option(
            names = "--segments",
            arity = "1..*",
            paramLabel = "PATH",
            description =
                    "Definitions: files or directories, read together. Default: those of the settings, else segments"
                            + " and triggers here, else the installation's.")
    private List<Path> paths = List.of();

    @Mixin
    private SetOption set = new SetOption();

    /** @throws UserError if the value of a param is malformed */
    SegmentSettings over(SegmentSettings settings) {
        List<ParamOverride> all = new ArrayList<>(settings.overrides());
        all.addAll(set.overrides());
        return settings.withDirectories(paths.isEmpty() ? settings.directories() : paths)
                .withOverrides(all);
    }

    /** True if places of definitions were given. */
    boolean arePlaced() {
        return !paths.isEmpty();
    }
}
