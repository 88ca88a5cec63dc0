package dev.segue.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code segue} command. */
@Command(
        name = "segue",
        mixinStandardHelpOptions = true,
        description =
                "Tells a shop, the moment it becomes true, which of its customers just entered or left a segment.",
        footer = {"", "Example: segue demo --for 60s"},
        subcommands = {DemoCommand.class, RunCommand.class})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs one command and returns its exit code. */
    static int run(String... args) {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> report(failure, commandLine))
                .execute(args);
    }

    private static int report(Exception failure, CommandLine commandLine) {
        boolean mistake = failure instanceof UserError;
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        commandLine.getErr().println((mistake ? "" : "failed: ") + message);
        return mistake ? 2 : 1;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }
}
