// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.config.ZoneText;
import dev.segue.event.ProductFacts;
import dev.segue.plan.PlanOptions;
import dev.segue.plan.product.ProductTable;
import dev.segue.replay.ProductFile;
import dev.segue.replay.file.UnreadableFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for how definitions are evaluated; they take precedence over the settings. */
final class EvaluationOptions {
    private static final String PRODUCTS = "--products";

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "The time zone of hours and weekdays of events without one, and of dates if the"
                    + " customer's profile has none, such as Europe/Berlin. Default: that of the settings, else UTC.")
    private @Nullable String zone;

    @Option(
            names = "--dedup-window",
            paramLabel = "N",
            description = "Among how many of a customer's latest events a repeated event_id is a duplicate,"
                    + " 1 to 256. Default: that of the settings, else 16.")
    private @Nullable Integer dedupWindow;

    @Option(
            names = PRODUCTS,
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Files of what is known of products, as product() reads it, plain or gzip: JSON lines, or CSV with a"
                            + " header, with product_id, at (since when it is known; always, if it is absent), name, url, image,"
                            + " category, price, stock and launched_at. Default: nothing is known of any product.")
    private List<Path> products = List.of();

    /**
     * Reads what is known of products, and reports the rows that are left out.
     *
     * @throws UserError if a file is absent, has other columns, or says nothing
     */
    ProductTable products(PrintWriter err) {
        List<ProductFacts> facts = new ArrayList<>();
        for (Path file : products) {
            try {
                ProductFile read = ProductFile.read(file);
                read.problems().forEach(err::println);
                facts.addAll(read.facts());
            } catch (UnreadableFile unreadable) {
                throw new UserError(PRODUCTS + ": " + unreadable.getMessage());
            }
        }
        return ProductFile.table(facts);
    }

    /** @param asked whether any definition reads facts of products */
    void warnOfUnknownProducts(boolean asked, PrintWriter err) {
        if (asked && products.isEmpty()) {
            err.println("product(): nothing is known of any product, so that all its fields are unset; name a file with"
                    + " --products FILE");
        }
    }

    /** @throws UserError if a value is wrong */
    PlanOptions over(PlanOptions settings) {
        PlanOptions options = settings;
        try {
            options = zone == null ? options : options.withZone(ZoneText.read(zone));
        } catch (IllegalArgumentException refusal) {
            throw UserError.of("--zone", refusal);
        }
        try {
            return dedupWindow == null ? options : options.withDedupWindow(dedupWindow);
        } catch (IllegalArgumentException refusal) {
            throw UserError.of("--dedup-window", refusal);
        }
    }
}
