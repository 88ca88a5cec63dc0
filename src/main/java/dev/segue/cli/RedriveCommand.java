// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.collector.CollectedLetters;
import dev.segue.config.Settings;
import dev.segue.runtime.operate.Redrive;
import dev.segue.serde.event.InvalidSchemas;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "redrive",
        mixinStandardHelpOptions = true,
        description = {
            "Sends dead letters that would now be accepted back to the events topic, once each: because their schema"
                    + " was registered, or settings, schemas or the mapping of messages were corrected."
        },
        footer = {"", "Example: segue redrive --config segue.yaml --reason unknown-schema"})
final class RedriveCommand implements Callable<Integer> {
    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Mixin
    private LettersOption which = new LettersOption();

    @Option(names = "--dry-run", description = "Send nothing; print what would be sent back.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Redrive.Result result;
        try {
            Settings read = settings.read();
            result = Redrive.run(read, which.reason(), which.since(), dryRun, new CollectedLetters(read));
        } catch (InvalidSchemas invalid) {
            throw new UserError(String.valueOf(invalid.getMessage()));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(result.sent() + (dryRun ? " would be sent back" : " sent back"));
        result.stillBad().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(bad -> out.println(bad.getValue() + " still " + bad.getKey()));
        print(out, result.cut(), "cut because of their length: send them again from their source");
        print(out, result.before(), "sent back before");
        print(out, result.elsewhere(), "from another topic than the events topic");
        return 0;
    }

    private static void print(PrintWriter out, long letters, String what) {
        if (letters > 0) {
            out.println(letters + " " + what);
        }
    }
}
