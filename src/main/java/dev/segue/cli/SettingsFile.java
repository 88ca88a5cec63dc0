// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.config.Settings;
import dev.segue.runtime.settings.Collecting;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.runtime.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the settings that {@code --config} names. */
final class SettingsFile {
    private SettingsFile() {}

    /** @throws UserError if the file is absent, or with every problem of it */
    static Settings read(Path file) {
        return read(file, Collecting.NEVER);
    }

    /** @throws UserError if the file is absent, or with every problem of it */
    static Settings read(Path file, Collecting collecting) {
        try {
            return SettingsReader.read(file.toString(), Files.readString(file), System::getenv, collecting);
        } catch (NoSuchFileException missing) {
            throw new UserError("There is no file '" + file + "'; choose the settings with --config.");
        } catch (IOException unreadable) {
            throw new UserError("The settings " + file + " cannot be read as UTF-8 text: " + unreadable.getMessage());
        } catch (InvalidSettings invalid) {
            throw new UserError(String.join("\n", invalid.problems()));
        }
    }
}
