// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.replay.backtest.BacktestReport;
import dev.segue.replay.backtest.report.BacktestJson;
import dev.segue.replay.backtest.report.BacktestPage;
import dev.segue.replay.backtest.report.BacktestText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where the report of a backtest goes. */
final class ReportOptions {
    private static final String JSON = "json";
    private static final String TEXT = "text";

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = TEXT,
            description = "Format of the report on standard output. Default: ${DEFAULT-VALUE}.")
    private String format = TEXT;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Also write the report with charts to this file, as one page that opens without a network.")
    private @Nullable Path html;

    /** @throws UserError if a value is wrong */
    void check() {
        if (!List.of(TEXT, JSON).contains(format)) {
            throw new UserError("--format: '" + format + "' is neither text nor json.");
        }
        if (html != null && (Files.isDirectory(html) || !Files.isDirectory(directory(html)))) {
            throw new UserError("--html: " + html + " cannot be written: "
                    + (Files.isDirectory(html) ? "it is a directory." : "its directory does not exist."));
        }
    }

    private static Path directory(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    void write(BacktestReport report, CommandLine command) {
        if (html != null) {
            writePage(report, html);
        }
        PrintWriter out = command.getOut();
        if (format.equals(JSON)) {
            out.println(BacktestJson.write(report));
        } else {
            BacktestText.print(report, out);
        }
        out.flush();
    }

    private static void writePage(BacktestReport report, Path file) {
        try (Writer writer = Files.newBufferedWriter(file)) {
            BacktestPage.write(report, writer);
        } catch (IOException failure) {
            throw new UserError("--html: " + file + " cannot be written: " + failure + ".");
        }
    }
}
