// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds files that the user did not name: under the working directory, else under the installation's home. */
final class InstalledFiles {
    private static final String HOME = "segue.home";

    private InstalledFiles() {}

    /**
     * Returns the first place with the file or directory.
     *
     * @param option the option with which the user can name it, for the message
     * @throws UserError if it is in neither place
     */
    static Path find(String relative, String option) {
        Path here = Path.of(relative);
        if (Files.exists(here)) {
            return here;
        }
        Path installed = installed(relative);
        if (installed != null && Files.exists(installed)) {
            return installed;
        }
        throw new UserError("There is no " + relative + " here"
                + (installed == null ? "" : " and no " + installed)
                + "; name it with " + option + ".");
    }

    /**
     * Returns the directories with definitions: {@code segments}, and {@code triggers} beside it, because triggers name
     * segments.
     *
     * @throws UserError if one of them is missing
     */
    static List<Path> definitions() {
        Path segments = find("segments", "--segments");
        Path triggers = segments.resolveSibling("triggers");
        if (!Files.exists(triggers)) {
            throw new UserError("There is no " + triggers + " beside " + segments
                    + "; create it, or name the places of all definitions with --segments.");
        }
        return List.of(segments, triggers);
    }

    /** The path in the installation, or null if the installation's home is unknown. */
    static @Nullable Path installed(String relative) {
        String home = System.getProperty(HOME);
        return home == null ? null : Path.of(home).resolve(relative);
    }
}
