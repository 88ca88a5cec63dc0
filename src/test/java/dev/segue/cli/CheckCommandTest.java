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
    void shippedSegmentsAreInOrder() {
        CommandRun run = CommandRun.of("check");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).matches("[0-9]+ definitions are in order.\\R");
        assertThat(run.code()).isZero();
    }

    @Test
    void tellsEveryProblemOfEveryFileWithItsPlace() throws IOException {
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
    void countsOneDefinitionInTheSingular() throws IOException {
        Path file = file("a.yaml", GOOD);
        assertThat(CommandRun.of("check", file.toString()).out().strip()).isEqualTo("1 definition is in order.");
    }

    @Test
    void saysThatThereIsNoSuchPath() {
        CommandRun run = CommandRun.of("check", directory.resolve("none").toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().startsWith("There is no file or directory ");
    }

    @Test
    void saysThatADirectoryHasNoDefinition() {
        CommandRun run = CommandRun.of("check", directory.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().startsWith("There is no definition in ");
    }

    @Test
    void saysThatThereIsNoVocabulary() {
        CommandRun run =
                CommandRun.of("check", "--vocabulary", directory.resolve("none").toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().contains("--vocabulary");
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }
}
