// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    void explainsEveryColumnOfTheWork() throws Exception {
        StringWriter screen = new StringWriter();
        new WorkTable(Map.of()).print(new PrintWriter(screen, true));
        String text = Files.readString(DOC);
        assertThat(screen.toString().strip().split(" {2,}"))
                .hasSize(5)
                .allSatisfy(column ->
                        assertThat(text).contains("| " + (column.equals("contender") ? column : "`" + column + "`")));
    }

    @Test
    void reportsUnknownContenderWithKnownOnes() {
        assertMistake(
                "--contenders: there is no 'nosuch'. There are: bare-alo, bare-eos, segue-catalogue-alo,",
                "--contenders=bare,nosuch");
    }

    @Test
    void reportsUnknownShopWithKnownOnes() {
        assertMistake("--shop: there is no 'old'. There are: young, lived", "--shop=old");
    }

    @Test
    void reportsThatLivedShopHasNoSteadyLoad() {
        assertMistake(
                "--pace 100: latency is measured with a young shop only. Leave out --pace or --shop lived",
                "--shop=lived",
                "--pace=100");
    }

    @Test
    void reportsTooFewShoppers() {
        assertMistake("--shoppers 99: the simulated shop has at least 100 customers.", "--shop=lived", "--shoppers=99");
    }

    private static void assertMistake(String message, String... arguments) {
        StringWriter told = new StringWriter();
        int code = new CommandLine(new Bench(new PrintWriter(Writer.nullWriter())))
                .setErr(new PrintWriter(told))
                .execute(arguments);
        assertThat(code).isEqualTo(2);
        assertThat(told.toString()).startsWith(message);
    }

    @Test
    void showsExistingCommands() throws Exception {
        List<String> commands = Files.readString(DOC)
                .lines()
                .filter(line -> line.startsWith("./segue bench"))
                .toList();
        assertThat(commands).hasSize(8);
        for (String command : commands) {
            String[] words = command.replaceFirst("\\./segue bench ?", "").split(" ");
            String[] arguments = words[0].isEmpty() ? new String[0] : words;
            // Throws if an option does not exist.
            new CommandLine(new Bench(new PrintWriter(Writer.nullWriter()))).parseArgs(arguments);
        }
    }
}
