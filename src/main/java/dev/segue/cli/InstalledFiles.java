package dev.segue.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where files are that the user did not name: under the working directory, else under the installation's home. */
final class InstalledFiles {
    private static final String HOME = "segue.home";

    private InstalledFiles() {}

    /**
     * The first place that has the file or directory.
     *
     * @param option with which the user can name it, for the message
     * @throws UserError when it is nowhere
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

    /** Where the installation would have it, or null where the installation's home is not known. */
    static @Nullable Path installed(String relative) {
        String home = System.getProperty(HOME);
        return home == null ? null : Path.of(home).resolve(relative);
    }
}
