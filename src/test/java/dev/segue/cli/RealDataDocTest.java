// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.replay.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/real-data.md are the output of the commands above them. Skipped without the traces; {@code
 * -Dsegue.golden.write=true} rewrites the tables.
 */
class RealDataDocTest {
    private static final Path DOCUMENT = Path.of("docs", "real-data.md");
    private static final String PLACE = "../shared/data/";
    /** A command, and the text below it up to the next heading. */
    private static final Pattern SECTION =
            Pattern.compile("```sh\n\\./segue (replay [^\n]*)\n```\n(.*?)(?=\n## |\\z)", Pattern.DOTALL);

    private static final Pattern TABLE =
            Pattern.compile("^\\| segment .*?^Of [^\n]*\n", Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void tablesMatchOutputOfCommands() throws IOException {
        String text = Files.readString(DOCUMENT);
        StringBuilder anew = new StringBuilder();
        Matcher section = SECTION.matcher(text);
        int tables = 0;
        int written = 0;
        while (section.find()) {
            anew.append(text, written, section.start(2)).append('\n').append(printed(section.group(1)));
            written = section.end();
            tables++;
        }
        anew.append(text, written, text.length());
        assertThat(tables).isEqualTo(4);
        if (Boolean.getBoolean("segue.golden.write")) {
            Files.writeString(DOCUMENT, anew);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(anew.toString());
    }

    private static String printed(String command) {
        String[] words = command.split(" ", -1);
        for (int place = 0; place < words.length; place++) {
            if (words[place].startsWith(PLACE)) {
                words[place] =
                        Traces.trace(words[place].substring(PLACE.length())).toString();
            }
        }
        CommandRun run = CommandRun.of(words);
        assertThat(run.code()).as(run.err()).isZero();
        Matcher table = TABLE.matcher(run.err().replace(System.lineSeparator(), "\n"));
        assertThat(table.find()).as(run.err()).isTrue();
        return table.group();
    }
}
