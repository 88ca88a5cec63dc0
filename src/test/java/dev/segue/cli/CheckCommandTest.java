// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    private static final String GOOD = """
            segment: viewer
            params: {least: 1}
            when: product_viewed.count() >= params.least
            """;

    @TempDir
    Path directory;

    @Test
    void shippedSegmentsAreValid() {
        CommandRun run = CommandRun.of("check");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).matches("[0-9]+ definitions are valid.\\R");
        assertThat(run.code()).isZero();
    }

    @Test
    void reportsAllProblemsWithPlaces() throws IOException {
        file("a.yaml", GOOD);
        file("b.yaml", """
                segment: lapsed
                when: product_viewed.map(v, v.prodct_id).count() > 1
                """);
        file("c.yaml", GOOD.replace("params:", "parms:").replace("viewer", "other-viewer"));
        file("readme.txt", "not a definition");
        CommandRun run = CommandRun.of("check", directory.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("b.yaml:2:")
                .contains("prodct_id")
                .contains("Did you mean 'product_id'?")
                .contains("  | when: product_viewed.map(v, v.prodct_id).count() > 1")
                .contains("c.yaml:2:1: unknown key 'parms'. Did you mean 'params'?")
                .doesNotContain("a.yaml");
    }

    @Test
    void listsOverridesInForce() throws IOException {
        Path viewer = file("viewer.yaml", GOOD);
        Path settings = file("settings.yml", """
                segments:
                  directories: %s
                  overrides: {viewer: {least: 2}}
                """.formatted(viewer));
        CommandRun config = CommandRun.of("check", "--config", settings.toString());
        assertThat(config.out().lines())
                .containsExactly(
                        "1 definition is valid.", "viewer.least is 2, by " + settings + ":3:31; its file sets 1.");
        CommandRun set = CommandRun.of("check", "--config", settings.toString(), "--set", "viewer.least=3");
        assertThat(set.out()).contains("viewer.least is 3, by --set:1:14; its file sets 1.");
    }

    @Test
    void checksFileTogetherWithSettings() throws IOException {
        Path viewer = file("viewer.yaml", GOOD);
        Path settings = file("settings.yml", "segments: {directories: [" + viewer + "]}\n");
        Path asks = file("asks.yaml", "segment: asks\nwhen: in_segment('viewer')\n");
        assertThat(CommandRun.of("check", asks.toString()).err()).contains("there is no segment 'viewer'");
        assertThat(CommandRun.of("check", asks.toString(), "--config", settings.toString())
                        .out()
                        .strip())
                .isEqualTo("2 definitions are valid.");
    }

    @Test
    void namesBothFilesOfDuplicateName() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        Path first = file("viewer.yaml", "# a comment\n" + GOOD);
        Path second = Files.writeString(other.resolve("viewer.yaml"), GOOD);
        CommandRun run = CommandRun.of("check", "--segments", directory.toString(), "--segments", other.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines().get(0)).isEqualTo(second + ":1:10: 'viewer' is already defined at " + first + ":2.");
    }

    @Test
    void refusesInvalidOverride() {
        for (String wrong : new String[] {"viewer", "viewer.least", "viewer=1", ".least=1", "viewer.=1"}) {
            CommandRun run = CommandRun.of("check", "--set", wrong);
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.errLines())
                    .containsExactly("--set must be SEGMENT.PARAM=VALUE, such as cart-abandoned.quiet=30m, not '"
                            + wrong + "'.");
        }
    }

    @Test
    void warnsWithPlaceAndCaretAndSucceeds() throws IOException {
        Path file = file("young.yaml", "segment: young\nwhen: profile.age < 30\n");
        CommandRun run = CommandRun.of("check", file.toString());
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().toList()).satisfies(lines -> {
            assertThat(lines.get(0))
                    .startsWith(file + ":2:7: warning: ")
                    .contains("has(profile.age) && profile.age < 30");
            assertThat(lines.get(1)).isEqualTo("  | when: profile.age < 30");
            assertThat(lines.get(2)).isEqualTo("  |       ^");
            assertThat(lines.get(3)).isEqualTo("1 definition is valid, with 1 warning.");
        });
    }

    @Test
    void usesSingularForOneDefinition() throws IOException {
        Path file = file("a.yaml", GOOD);
        assertThat(CommandRun.of("check", file.toString()).out().strip()).isEqualTo("1 definition is valid.");
    }

    @Test
    void reportsMissingPath() {
        CommandRun run = CommandRun.of("check", directory.resolve("none").toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().startsWith("There is no file or directory ");
    }

    @Test
    void reportsDirectoryWithoutDefinitions() {
        CommandRun run = CommandRun.of("check", directory.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().startsWith("There is no definition in ");
    }

    @Test
    void reportsMissingVocabulary() {
        CommandRun run =
                CommandRun.of("check", "--vocabulary", directory.resolve("none").toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().contains("--vocabulary");
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }
}
