// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest.report;

import dev.segue.replay.backtest.BacktestReport;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.WriterOutput;
import java.io.Writer;

/** Writes a backtest's report as one HTML file that needs no network. The template escapes every value. */
public final class BacktestPage {
    private BacktestPage() {}

    /** @throws gg.jte.TemplateException if the writer fails */
    public static void write(BacktestReport report, Writer writer) {
        TemplateEngine.createPrecompiled(ContentType.Html)
                .render("backtest.jte", new PageModel(report), new WriterOutput(writer));
    }
}
