// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.config.Settings;
import dev.segue.definition.DefinitionSet;
import dev.segue.definition.SetDifference;
import dev.segue.event.Vocabulary;
import dev.segue.runtime.operate.PastReach;
import dev.segue.runtime.operate.PublishedDefinitions;
import dev.segue.serde.output.DefinitionLog;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
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
            "For a day after a change, what the earlier set needs is still kept, so nothing is lost. Later, its definitions"
                    + " are filled from past events like new ones."
        },
        footer = {"", "Example: segue rollback 3 --config segue.yaml --dry-run"})
final class RollbackCommand implements Callable<Integer> {
    @Parameters(paramLabel = "REVISION", description = "The revision to publish again; 'segue definitions' lists them.")
    private String number = "";

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Option(names = "--dry-run", description = "Publish nothing; print what differs.")
    private boolean dryRun;

    @Mixin
    private PastOption past = new PastOption();

    @Mixin
    private VocabularyOption schemas = new VocabularyOption();

    @Option(names = "--by", paramLabel = "WHO", description = "Who publishes; by default this system's user.")
    private @Nullable String by;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        long revision = Revisions.number("REVISION", number);
        Settings installation = settings.read();
        Vocabulary vocabulary =
                schemas.schemas(installation.schemas().resolve("events")).vocabulary();
        PublishedDefinitions published = new PublishedDefinitions(installation);
        DefinitionLog log = published.read();
        DefinitionSet earlier = Revisions.find(log, revision);
        SetDifference difference = SetDifference.between(log.sets().latest().orElse(null), earlier);
        out.println(difference.text());
        if (difference.isNone()) {
            out.println("Revision " + revision + " is what is evaluated, so nothing is published.");
            return 0;
        }
        Instant now = Clock.systemUTC().instant();
        @Nullable
        String shortage = PastReach.ofPublished(log.sets(), earlier, vocabulary, installation, now)
                .shortage(installation);
        if (dryRun) {
            if (shortage != null) {
                out.println(shortage);
            }
            out.println("Nothing is published, because of --dry-run.");
            return 0;
        }
        past.require(shortage);
        String who = by == null ? System.getProperty("user.name", "unknown") : by;
        DefinitionSet set = published.publish(
                log.latestRevision(),
                known -> earlier.as(known.nextRevision(), known.nextAt(now), who, earlier.revision()));
        out.println("Published revision " + set.revision() + ", which restores " + revision
                + ". Running instances evaluate it within a second or two.");
        return 0;
    }
}
