// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.definition.InvalidDefinitions;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code segue} command. */
@Command(
        name = "segue",
        mixinStandardHelpOptions = true,
        description = "Turns a shop's events into segment changes, the moment a customer enters or leaves a segment.",
        footer = {"", "Example: segue demo --for 60s"},
        subcommands = {
            CheckCommand.class,
            ListCommand.class,
            NewCommand.class,
            ExplainCommand.class,
            ReplayCommand.class,
            BacktestCommand.class,
            WhyCommand.class,
            ProduceCommand.class,
            ProductsCommand.class,
            ChangesCommand.class,
            RunCommand.class,
            CollectCommand.class,
            DeliverCommand.class,
            DeliveriesCommand.class,
            ConsoleCommand.class,
            ApplyCommand.class,
            DefinitionsCommand.class,
            RollbackCommand.class,
            StatisticsCommand.class,
            OutcomesCommand.class,
            DeadLettersCommand.class,
            RedriveCommand.class,
            EraseCommand.class,
            ResetCommand.class,
            DemoCommand.class
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                args));
    }

    /** Runs one command and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine segue = new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((mistake, line) -> reject(mistake))
                .setExecutionExceptionHandler((failure, line, parsed) -> report(failure, line));
        segue.getCommandSpec().versionProvider(Main::version);
        segue.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().versionProvider(Main::version));
        int code = segue.execute(args);
        out.flush();
        err.flush();
        return code;
    }

    /** The version of the jar; unknown for classes outside a jar. */
    private static String[] version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {"segue " + (version == null ? "(not packaged)" : version)};
    }

    /** Prints one sentence instead of the whole help, which would push the sentence off the screen. */
    private static int reject(ParameterException mistake) {
        CommandLine line = mistake.getCommandLine();
        line.getErr().println(mistake.getMessage());
        line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        return 2;
    }

    private static int report(Exception failure, CommandLine line) {
        boolean mistake = failure instanceof UserError || failure instanceof InvalidDefinitions;
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        line.getErr().println((mistake ? "" : "failed: ") + message);
        return mistake ? 2 : 1;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }
}
