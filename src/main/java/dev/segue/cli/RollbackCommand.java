// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.definition.DefinitionSet;
import dev.segue.definition.SetDifference;
import dev.segue.runtime.operate.PublishedDefinitions;
import dev.segue.serde.output.DefinitionLog;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes an earlier set of definitions again, as a new revision.",
            "For a day after a change, what the earlier set needs is still kept, so nothing is lost."
        },
        footer = {"", "Example: segue rollback 3 --config segue.yaml --dry-run"})
final class RollbackCommand implements Callable<Integer> {
    @Parameters(paramLabel = "REVISION", description = "The revision to publish again; 'segue definitions' lists them.")
    private String number = "";

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Option(names = "--dry-run", description = "Publish nothing; print what differs.")
    private boolean dryRun;

    @Option(names = "--by", paramLabel = "WHO", description = "Who publishes; by default this system's user.")
    private @Nullable String by;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        long revision = Revisions.number("REVISION", number);
        PublishedDefinitions published = new PublishedDefinitions(settings.read());
        DefinitionLog log = published.read();
        DefinitionSet earlier = Revisions.find(log, revision);
        SetDifference difference = SetDifference.between(log.sets().latest().orElse(null), earlier);
        out.println(difference.text());
        if (difference.isNone()) {
            out.println("Revision " + revision + " is what is evaluated, so nothing is published.");
            return 0;
        }
        if (dryRun) {
            out.println("Nothing is published, because of --dry-run.");
            return 0;
        }
        String who = by == null ? System.getProperty("user.name", "unknown") : by;
        DefinitionSet set = published.publish(
                log.latestRevision(),
                known -> earlier.as(
                        known.nextRevision(), known.nextAt(Clock.systemUTC().instant()), who, earlier.revision()));
        out.println("Published revision " + set.revision() + ", which restores " + revision
                + ". Running instances evaluate it within a second or two.");
        return 0;
    }
}
