// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListCommandTest {
    @TempDir
    Path directory;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(directory.resolve("ours"));
        Files.writeString(directory.resolve("shipped.yaml"), """
                segment: viewer
                describes: >-
                  Looked at a product, and then at another one, and then at so many more that one line is not enough
                params: {least: 1, quiet: 1h, page: a b}
                tags: [interest, mail]
                when: product_viewed.within(params.quiet).count() >= params.least && params.page != ''
                ---
                trait: favourite
                tags: [interest]
                value: product_viewed.map(v, v.category).most().value
                """);
        Files.writeString(directory.resolve("ours/level.yaml"), """
                group: level
                describes: How much.
                owner: shop
                first: {high: order_completed.count() > 5, low: order_completed.count() > 0}
                """);
    }

    @Test
    void listsDefinitions() {
        CommandRun run = list("--set", "viewer.quiet=2h");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).isEqualToNormalizingNewlines("""
                name       kind     description, choices, params, tags
                favourite  trait    tags: interest
                level      group    How much.
                                    choices: high, low
                viewer     segment  Looked at a product, and then at another one, and then at so many more that one
                                    line is not enough
                                    params: least=1, quiet=2h (overridden, 1h in the file), page='a b'
                                    tags: interest, mail
                3 definitions
                """);
    }

    @Test
    void selectsDefinitionsWithAllTags() {
        assertThat(list("--tag", "interest").out())
                .contains("favourite", "viewer", "2 of 3")
                .doesNotContain("level");
        assertThat(list("--tag", "interest", "--tag", "mail").out())
                .contains("viewer", "1 of 3")
                .doesNotContain("favourite");
        CommandRun wrong = list("--tag", "intrest");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.errLines()).containsExactly("No definition has the tag 'intrest'. Did you mean 'interest'?");
        assertThat(list("--tag", "zz").errLines())
                .containsExactly("No definition has the tag 'zz'. There are: interest, mail.");
    }

    @Test
    void writesJson() throws IOException {
        CommandRun run = list("--format", "json", "--set", "viewer.least=2");
        JsonNode all = new ObjectMapper().readTree(run.out());
        assertThat(all).hasSize(3);
        assertThat(all.findValuesAsText("name"))
                .containsExactly("favourite", "level", "viewer", "least", "quiet", "page");
        JsonNode level = all.get(1);
        assertThat(level.get("kind").asText()).isEqualTo("group");
        assertThat(level.get("owner").asText()).isEqualTo("shop");
        assertThat(level.get("choices").toString()).isEqualTo("[\"high\",\"low\"]");
        assertThat(all.get(2).get("tags").toString()).isEqualTo("[\"interest\",\"mail\"]");
        assertThat(all.get(2).get("params").get(0).toString())
                .isEqualTo("{\"name\":\"least\",\"kind\":\"integer\",\"value\":2,\"value_in_file\":1,"
                        + "\"overridden_at\":\"--set:1:14\"}");
        assertThat(all.get(2).get("params").get(1).toString())
                .isEqualTo("{\"name\":\"quiet\",\"kind\":\"duration\",\"value\":\"1h\",\"value_in_file\":\"1h\"}");
        JsonNode shipped = new ObjectMapper().readTree(list("--format", "json").out());
        assertThat(shipped.get(2).get("version")).isNotEqualTo(all.get(2).get("version"));
        assertThat(shipped.get(1).get("version")).isEqualTo(all.get(1).get("version"));
    }

    @Test
    void shippedSegmentsFit100Columns() {
        CommandRun run = CommandRun.of("list", "--config", "segue.yaml", "--set", "cart-abandoned.quiet=30m");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(run.out()).contains("cart-abandoned", "quiet=30m (overridden, 1h in the file)");
    }

    @Test
    void usesSettingsAndOptions() throws IOException {
        Path settings = Files.writeString(directory.resolve("segue.yaml"), """
                segments:
                  directories: [%s, %s]
                  overrides: {viewer: {quiet: 3h, least: 7}}
                """.formatted(
                        directory.resolve("shipped.yaml"), directory.resolve("ours")));
        CommandRun config = CommandRun.of("list", "--config", settings.toString(), "--set", "viewer.least=8");
        assertThat(config.out()).contains("least=8 (overridden", "quiet=3h (overridden", "3 definitions");
        CommandRun elsewhere = CommandRun.of(
                "list",
                "--config",
                settings.toString(),
                "--segments",
                directory.resolve("ours").toString());
        assertThat(elsewhere.code()).isEqualTo(2);
        assertThat(elsewhere.err()).contains(settings + ":3:15: there is no segment 'viewer'.");
    }

    private CommandRun list(String... more) {
        return CommandRun.of(Stream.concat(
                        Stream.of(
                                "list",
                                "--segments",
                                directory.resolve("shipped.yaml").toString(),
                                directory.resolve("ours").toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }
}
