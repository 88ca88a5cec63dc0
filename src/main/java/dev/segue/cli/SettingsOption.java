// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.config.Settings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The settings of the processor that a command works with. */
final class SettingsOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings of the processor. Default: segue.yaml, here or where Segue is installed.")
    private @Nullable Path config;

    /** @throws UserError with every mistake in the file */
    Settings read() {
        return SettingsFile.read(config == null ? InstalledFiles.find("segue.yaml", "--config") : config);
    }
}
