// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.runtime.operate.Reset;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        description = {
            "Returns a processor to the state before its first start, so that the next start counts every retained"
                    + " event again.",
            "Deletes its state; keeps events, changes and all other topics.",
            "Every instance must be stopped. Run it on each machine that has a state directory."
        },
        footer = {"", "Example: segue reset --config segue.yaml --dry-run"})
final class ResetCommand implements Callable<Integer> {
    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Option(names = "--dry-run", description = "Delete nothing; print what would be deleted.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Confirms the deletion. Without it, nothing is deleted.")
    private boolean yes;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Reset reset = new Reset(settings.read());
        Reset.Outlook outlook = reset.look();
        boolean delete = yes && !dryRun;
        PrintWriter out = spec.commandLine().getOut();
        if (outlook.deletes().isEmpty()) {
            out.println("nothing to delete");
        } else {
            print(out, delete ? "deletes:" : "would delete:", outlook.deletes());
        }
        print(out, "keeps:", outlook.keeps());
        if (delete) {
            reset.run();
            out.println("done; the next 'segue run' starts over");
        } else if (!dryRun) {
            throw new UserError("Nothing was deleted. Add --yes to delete this.");
        }
        return 0;
    }

    private static void print(PrintWriter out, String head, List<String> lines) {
        if (!lines.isEmpty()) {
            out.println(head);
            lines.forEach(line -> out.println("  " + line));
        }
    }
}
