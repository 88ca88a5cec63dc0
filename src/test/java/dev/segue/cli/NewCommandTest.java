// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NewCommandTest {
    private static final Path TEMPLATES = Path.of("src/main/resources/dev/segue/cli/templates");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Template.class)
    void everyTemplateIsValidAndExplained(Template template) throws IOException {
        CommandRun run = create("keen-viewer", "--from", template.label());
        assertThat(run.code()).as(run.err()).isZero();
        Path file = directory.resolve("keen-viewer.yaml");
        assertThat(run.out().strip()).isEqualTo("Wrote " + file + ". Change it, then run: segue check " + file);
        assertThat(Files.readString(file))
                .containsPattern("(?m)^(segment|group|trait): keen-viewer$")
                .containsPattern("(?m)^ *#")
                .doesNotContain("my-segment");
        CommandRun check = CommandRun.of("check", file.toString());
        assertThat(check.out().strip()).as(check.err()).isEqualTo("1 definition is valid.");
        assertThat(CommandRun.of("explain", "keen-viewer", "--segments", "segments", file.toString())
                        .code())
                .as("compiled together with the shipped segments")
                .isZero();
    }

    /** A resource without an enum constant could not be chosen. */
    @Test
    void everyTemplateIsListed() throws IOException {
        try (Stream<Path> files = Files.list(TEMPLATES)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Template.labels().stream()
                            .map(label -> label + ".yaml")
                            .toList());
        }
        CommandRun run = CommandRun.of("new", "--list-templates");
        assertThat(run.code()).isZero();
        assertThat(run.out().lines().map(line -> line.split(" ", 2)[0])).containsExactlyElementsOf(Template.labels());
    }

    @Test
    void optionalKeysOfBlankTemplateAreValid() throws IOException {
        create("keen-viewer", "--from", "blank");
        Path file = directory.resolve("keen-viewer.yaml");
        Files.writeString(file, Files.readString(file).replaceAll("(?m)^# (?=[a-z ][a-z _]+: )", ""));
        assertThat(Files.readString(file)).contains("\ncooldown: 1d").contains("\n  last_seen: ");
        CommandRun check = CommandRun.of("check", file.toString());
        assertThat(check.code()).as(check.err()).isZero();
    }

    @Test
    void overwritesNothing() throws IOException {
        create("keen-viewer", "--from", "blank");
        Path file = directory.resolve("keen-viewer.yaml");
        Files.writeString(file, "segment: mine\nwhen: cart.count() > 0\n");
        assertMistake(
                create("keen-viewer", "--from", "trait"),
                "The file " + file + " already exists; edit it, or choose another name.");
        assertThat(file).hasContent("segment: mine\nwhen: cart.count() > 0\n");
    }

    @Test
    void refusesTakenName() {
        CommandRun run =
                CommandRun.of("new", "heavy-user", "--from", "blank", "--segments", "segments", directory.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("Nothing was written; the new file would be invalid:")
                .contains("'heavy-user' is already defined at segments/usage-level.yaml:");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void ignoresMistakesInOtherFiles() throws IOException {
        Files.writeString(directory.resolve("bad.yaml"), "segment: bad\nwhen: cart.cuont() > 0\n");
        assertThat(create("keen-viewer", "--from", "blank").code()).isZero();
    }

    @Test
    void refusesPathAsName() {
        for (String wrong : List.of("Keen", "../keen", "keen viewer", "", "k".repeat(65))) {
            CommandRun run = create(wrong, "--from", "blank");
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).startsWith("'" + wrong + "' is not a valid name. Use a lowercase letter,");
        }
        assertThat(create("k".repeat(64), "--from", "blank").code()).isZero();
        CommandRun tooLong = create("g".repeat(60), "--from", "group");
        assertThat(tooLong.code()).isEqualTo(2);
        assertThat(tooLong.err()).contains("g-little' is not a name");
    }

    @Test
    void listsTemplates() {
        String all = String.join(", ", Template.labels());
        assertMistake(create("keen-viewer"), "Choose a template with --from. There are: " + all + ".");
        assertMistake(
                create("keen-viewer", "--from", "something"),
                "There is no template 'something'. There are: " + all + ".");
        assertMistake(
                create("keen-viewer", "--from", "windw-count"),
                "There is no template 'windw-count'. Did you mean 'window-count'?");
        assertMistake(
                CommandRun.of("new", "--from", "blank"),
                "Give the definition a name, such as: segue new keen-viewer --from window-count.");
    }

    @Test
    void createsDirectoryAndNamesSchema() throws IOException {
        Path mine = directory.resolve("mine");
        Files.createDirectory(directory.resolve("schemas"));
        Files.copy(Path.of("schemas/definition.schema.json"), directory.resolve("schemas/definition.schema.json"));
        CommandRun run = CommandRun.of("new", "keen", "--from", "blank", "--segments", mine.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(CommandRun.of("new", "keen-two", "--from", "blank", "--segments", mine.toString())
                        .code())
                .isZero();
        assertThat(Files.readString(mine.resolve("keen-two.yaml")))
                .startsWith("# yaml-language-server: $schema=../schemas/definition.schema.json\n");
        Path file = mine.resolve("keen.yaml");
        assertMistake(
                CommandRun.of("new", "other", "--from", "blank", "--segments", file.toString()),
                file + " is a file; put the directory for the new definition last.");
    }

    private CommandRun create(String name, String... more) {
        String[] args = Stream.concat(Stream.of("new", name, "--segments=" + directory), Stream.of(more))
                .toArray(String[]::new);
        return CommandRun.of(args);
    }

    private static void assertMistake(CommandRun run, String sentence) {
        assertThat(run.errLines()).containsExactly(sentence);
        assertThat(run.code()).isEqualTo(2);
    }
}
