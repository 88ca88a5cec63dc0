package dev.segue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README shows is what is shipped. */
class ReadmeTest {
    private static final Path README = Path.of("README.md");

    @Test
    void showsTheShippedDefinition() throws Exception {
        String definition = Files.readString(Path.of("segments", "cart-abandoned.yaml"));
        assertThat(Files.readString(README)).contains("```yaml\n" + definition + "```");
    }

    @Test
    void marksTheCommandsThatCiRuns() throws Exception {
        assertThat(Files.readString(README))
                .contains(
                        "<!-- ci: demo -->\n```sh\n./segue demo\n```", "<!-- ci: test -->\n```sh\n./mvnw verify\n```");
    }
}
