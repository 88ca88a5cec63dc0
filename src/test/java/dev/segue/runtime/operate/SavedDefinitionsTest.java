// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.cluster.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a save is handed over. The test moves the time, from look to look. */
class SavedDefinitionsTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    @TempDir
    Path home;

    private Path directory;
    private final List<FileContents> accepted = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private long nanos = Long.MAX_VALUE - 1; // A clock for spans may overflow.
    private SavedDefinitions saved;

    @BeforeEach
    void open() throws Exception {
        directory = Files.createDirectory(home.resolve("segments"));
        write("loyal.yaml", "loyal");
        write("keen.yaml", "keen");
        saved = watch();
    }

    private SavedDefinitions watch() {
        return new SavedDefinitions(
                FileContents.read(List.of(directory)),
                () -> FileContents.read(List.of(directory)),
                this::accept,
                () -> nanos,
                complaints::add);
    }

    private void accept(FileContents contents) {
        accepted.add(contents);
        if (failure != null) {
            throw failure;
        }
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }

    private void delete(String file) throws IOException {
        Files.delete(directory.resolve(file));
    }

    private void look() {
        saved.look();
    }

    private void lookAfter(Duration pause) {
        nanos += pause.toNanos();
        saved.look();
    }

    private static Set<String> names(FileContents contents) {
        assertThat(contents.trouble()).isNull();
        return contents.names();
    }

    private String path(String file) {
        return directory.resolve(file).toString();
    }

    @Test
    void handsOverNothingThatWasNotSaved() {
        look();
        lookAfter(Duration.ofHours(1));
        lookAfter(Duration.ofHours(1));
        assertThat(accepted).isEmpty();
    }

    @Test
    void handsOverOnceTheFilesAreQuiet() throws Exception {
        write("loyal.yaml", "more loyal");
        look();
        lookAfter(SavedDefinitions.QUIET.minus(MOMENT));
        assertThat(accepted).isEmpty();
        lookAfter(MOMENT);
        assertThat(accepted).singleElement().isEqualTo(FileContents.read(List.of(directory)));
        lookAfter(Duration.ofHours(1));
        assertThat(accepted).hasSize(1);
    }

    @Test
    void everyFurtherChangeBeginsTheWaitAnew() throws Exception {
        write("loyal.yaml", "");
        look();
        nanos += SavedDefinitions.QUIET.toNanos();
        write("loyal.yaml", "half");
        look();
        lookAfter(SavedDefinitions.QUIET.minus(MOMENT));
        write("loyal.yaml", "whole");
        look();
        assertThat(accepted).isEmpty();
        lookAfter(SavedDefinitions.QUIET);
        assertThat(accepted).singleElement().isEqualTo(FileContents.read(List.of(directory)));
    }

    @Test
    void handsOverNothingIfTheOldTextReturns() throws Exception {
        write("loyal.yaml", "");
        look();
        write("loyal.yaml", "loyal");
        look();
        lookAfter(Duration.ofHours(1));
        assertThat(accepted).isEmpty();
    }

    @Test
    void newFileIsSaved() throws Exception {
        write("new.yml", "new");
        write("notes.txt", "no definition");
        look();
        lookAfter(SavedDefinitions.QUIET);
        assertThat(names(accepted.get(0)))
                .containsExactlyInAnyOrder(path("keen.yaml"), path("loyal.yaml"), path("new.yml"));
    }

    @Test
    void waitsLongerWithoutAFile() throws Exception {
        delete("keen.yaml");
        look();
        lookAfter(SavedDefinitions.QUIET_WITHOUT_FILE.minus(MOMENT));
        assertThat(accepted).isEmpty();
        lookAfter(MOMENT);
        assertThat(names(accepted.get(0))).containsExactly(path("loyal.yaml"));
    }

    @Test
    void waitsLongerWithoutAFileThatWasNew() throws Exception {
        write("new.yaml", "new");
        look();
        lookAfter(SavedDefinitions.QUIET);
        delete("new.yaml");
        look();
        lookAfter(SavedDefinitions.QUIET_WITHOUT_FILE.minus(MOMENT));
        assertThat(accepted).hasSize(1);
        lookAfter(MOMENT);
        assertThat(accepted).hasSize(2);
    }

    @Test
    void doesNotWaitLongerForAFileWhoseDeleteWasHandled() throws Exception {
        delete("keen.yaml");
        look();
        lookAfter(SavedDefinitions.QUIET_WITHOUT_FILE);
        write("loyal.yaml", "more loyal");
        look();
        lookAfter(SavedDefinitions.QUIET);
        assertThat(accepted).hasSize(2);
    }

    /** A replacement whose file was absent for some looks, as with tools that remove before they write. */
    @Test
    void fileThatReturnsWasNotDeleted() throws Exception {
        delete("keen.yaml");
        look();
        lookAfter(SavedDefinitions.QUIET_WITHOUT_FILE.minus(MOMENT));
        write("keen.yaml", "keener");
        lookAfter(MOMENT);
        lookAfter(SavedDefinitions.QUIET);
        assertThat(accepted).hasSize(1);
        assertThat(names(accepted.get(0))).hasSize(2);
    }

    /** Another save while a file is absent does not shorten the wait for it. */
    @Test
    void saveOfAnotherFileDoesNotHurryADelete() throws Exception {
        delete("keen.yaml");
        look();
        write("loyal.yaml", "more loyal");
        look();
        lookAfter(SavedDefinitions.QUIET);
        assertThat(accepted).isEmpty();
        lookAfter(SavedDefinitions.QUIET_WITHOUT_FILE.minus(SavedDefinitions.QUIET));
        assertThat(accepted).hasSize(1);
    }

    @Test
    void missingDirectoryIsReportedAfterTheLongerWait() throws Exception {
        Path away = home.resolve("away");
        Files.move(directory, away);
        look();
        lookAfter(SavedDefinitions.QUIET);
        assertThat(accepted).isEmpty();
        lookAfter(SavedDefinitions.QUIET_WITHOUT_FILE);
        assertThat(accepted.get(0).trouble()).contains("There is no file or directory " + directory);
        Files.move(away, directory);
        look();
        lookAfter(SavedDefinitions.QUIET);
        assertThat(names(accepted.get(1))).hasSize(2);
    }

    @Test
    void triesAgainAfterAFailureAndSaysSoOnce() throws Exception {
        failure = new CannotStart("No broker answers.");
        write("loyal.yaml", "more loyal");
        look();
        lookAfter(SavedDefinitions.QUIET);
        lookAfter(SavedDefinitions.RETRY.minus(MOMENT));
        assertThat(accepted).hasSize(1);
        lookAfter(MOMENT);
        assertThat(accepted).hasSize(2);
        assertThat(complaints)
                .containsExactly("The saved definitions are not published yet; Segue tries again by itself. No broker"
                        + " answers.");
        failure = null;
        lookAfter(SavedDefinitions.RETRY);
        lookAfter(Duration.ofHours(1));
        assertThat(accepted).hasSize(3);
    }

    @Test
    void theNextSaveDoesNotWaitForTheRetry() throws Exception {
        failure = new CannotStart("No broker answers.");
        write("loyal.yaml", "more loyal");
        look();
        lookAfter(SavedDefinitions.QUIET);
        failure = null;
        write("loyal.yaml", "most loyal");
        look();
        lookAfter(SavedDefinitions.QUIET);
        assertThat(accepted).hasSize(2);
    }

    @Test
    void survivesAnUnexpectedFailure() throws Exception {
        failure = new IllegalStateException("a mistake of ours");
        write("loyal.yaml", "more loyal");
        look();
        lookAfter(SavedDefinitions.QUIET);
        assertThat(complaints).singleElement().asString().contains("a mistake of ours");
        failure = null;
        lookAfter(SavedDefinitions.RETRY);
        assertThat(accepted).hasSize(2);
    }

    @Test
    void saysTheSameFailureAgainAfterASuccess() throws Exception {
        for (String text : List.of("more", "most")) {
            failure = new CannotStart("No broker answers.");
            write("loyal.yaml", text);
            look();
            lookAfter(SavedDefinitions.QUIET);
            failure = null;
            lookAfter(SavedDefinitions.RETRY);
        }
        assertThat(complaints).hasSize(2);
    }
}
