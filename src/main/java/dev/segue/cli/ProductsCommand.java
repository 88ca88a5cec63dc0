// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.config.Settings;
import dev.segue.event.ProductFacts;
import dev.segue.replay.ProductFile;
import dev.segue.replay.file.UnreadableFile;
import dev.segue.runtime.operate.ProductSender;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "products",
        mixinStandardHelpOptions = true,
        description = {
            "Sends what is known of products, which definitions read with product(), to the processor. A product is known"
                    + " by its last row; a row that names only the product withdraws it."
        },
        footer = {"", "Example: segue products products.csv --config segue.yaml"})
final class ProductsCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "JSON lines, or CSV with a header, plain or gzip, with product_id, name, url, image, category,"
                            + " price, stock, launched_at and variants. A column at has no effect: facts hold from when they arrive.")
    private List<Path> files = List.of();

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Option(names = "--dry-run", description = "Send nothing; check the files.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings read = settings.read();
        PrintWriter err = spec.commandLine().getErr();
        List<ProductFacts> facts = new ArrayList<>();
        for (Path file : files) {
            try {
                ProductFile rows = ProductFile.read(file);
                rows.problems().forEach(err::println);
                facts.addAll(rows.facts());
            } catch (UnreadableFile unreadable) {
                throw new UserError(String.valueOf(unreadable.getMessage()));
            }
        }
        long sent = dryRun ? facts.size() : ProductSender.send(read, facts);
        spec.commandLine()
                .getOut()
                .println(sent
                        + (dryRun ? " would be sent to " : " sent to ")
                        + read.topics().names().productFacts());
        return 0;
    }
}
