// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** docs/performance.md describes the actual benchmark. */
class BenchDocTest {
    private static final Path DOC = Path.of("docs", "performance.md");

    @Test
    void explainsEveryContender() throws Exception {
        String text = Files.readString(DOC);
        assertThat(Entry.ALL).allSatisfy(entry -> assertThat(text).contains("`" + entry.name() + "`"));
    }

    @Test
    void reportsUnknownContenderWithKnownOnes() {
        StringWriter told = new StringWriter();
        int code = new CommandLine(new Bench(new PrintWriter(Writer.nullWriter())))
                .setErr(new PrintWriter(told))
                .execute("--contenders=bare,nosuch");
        assertThat(code).isEqualTo(2);
        assertThat(told.toString())
                .startsWith("--contenders: there is no 'nosuch'. There are: bare-alo, bare-eos, segue-catalogue-alo,");
    }

    @Test
    void showsExistingCommands() throws Exception {
        List<String> commands = Files.readString(DOC)
                .lines()
                .filter(line -> line.startsWith("./segue bench"))
                .toList();
        assertThat(commands).hasSize(6);
        for (String command : commands) {
            String[] words = command.replaceFirst("\\./segue bench ?", "").split(" ");
            String[] arguments = words[0].isEmpty() ? new String[0] : words;
            // Throws if an option does not exist.
            new CommandLine(new Bench(new PrintWriter(Writer.nullWriter()))).parseArgs(arguments);
        }
    }
}
