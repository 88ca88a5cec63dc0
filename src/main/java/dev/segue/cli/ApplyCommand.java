// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.DifferenceText;
import dev.segue.cli.text.UserError;
import dev.segue.config.Settings;
import dev.segue.definition.CheckedDefinitions;
import dev.segue.definition.DefinitionSet;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.definition.SetDifference;
import dev.segue.event.Vocabulary;
import dev.segue.lint.Lint;
import dev.segue.runtime.cluster.Candidate;
import dev.segue.runtime.operate.PastReach;
import dev.segue.runtime.operate.PublishedDefinitions;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.output.DefinitionLog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes the definitions as one set, which all running instances then evaluate from the same instant on.",
            "First checks them and prints what differs from the set that is evaluated now. Nothing is published if"
                    + " nothing differs, or if a definition is wrong."
        },
        footer = {"", "Example: segue apply --config segue.yaml --dry-run --backtest 30d"})
final class ApplyCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = "Files or directories with all definitions of the set. Default: those of the settings.")
    private List<Path> paths = List.of();

    @Mixin
    private DefinitionsOptions options = new DefinitionsOptions();

    @Option(names = "--dry-run", description = "Publish nothing; print what differs.")
    private boolean dryRun;

    @Mixin
    private BacktestOption backtest = new BacktestOption();

    @Option(
            names = "--remove",
            description = "Allows the set to lack definitions that are evaluated now. Their memberships end.")
    private boolean remove;

    @Mixin
    private PastOption past = new PastOption();

    @Option(names = "--by", paramLabel = "WHO", description = "Who publishes; by default this system's user.")
    private @Nullable String by;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidDefinitions, InterruptedException {
        backtest.check(dryRun);
        PrintWriter out = spec.commandLine().getOut();
        EventSchemas schemas = options.schemas();
        Vocabulary vocabulary = schemas.vocabulary();
        CheckedDefinitions checked = paths.isEmpty() ? options.read(vocabulary) : options.read(paths, vocabulary);
        Lint.warnings(checked, vocabulary, options.planOptions()).forEach(warning -> out.println(warning.render()));
        Settings settings = options.settings();
        Candidate candidate = Candidate.of(settings, checked);
        Candidate signed = by == null ? candidate : candidate.by(by);
        Instant now = Clock.systemUTC().instant();
        PublishedDefinitions published = new PublishedDefinitions(settings);
        DefinitionLog log = published.read();
        @Nullable DefinitionSet live = log.sets().latest().orElse(null);
        DefinitionSet next = signed.after(log, now);
        SetDifference difference = SetDifference.between(live, next);
        PastReach reach = PastReach.of(log.sets(), next, checked.definitions(), vocabulary, settings, now);
        new DifferenceText(difference, reach.needed()).print(checked.definitions(), out);
        if (difference.isNone()) {
            out.println("Nothing differs from revision " + log.latestRevision() + ", so nothing is published.");
            return 0;
        }
        if (!difference.removed().isEmpty() && !remove) {
            throw new UserError("Nothing was published: " + String.join(", ", difference.removed())
                    + " would be removed, and the memberships would end. Add --remove if that is meant; PATH must"
                    + " name all definitions of the set.");
        }
        @Nullable String shortage = reach.shortage(settings);
        if (dryRun) {
            if (shortage != null) {
                out.println(shortage);
            }
            if (backtest.isGiven() && isAnyNewOrChanged(difference)) {
                backtest.run(live, checked, settings, schemas, now, spec.commandLine());
            }
            out.println("Nothing is published, because of --dry-run.");
            return 0;
        }
        past.require(shortage);
        DefinitionSet set = published.publish(log.latestRevision(), known -> signed.after(known, now));
        out.println("Published revision " + set.revision() + ". Running instances evaluate it within a second or two.");
        return 0;
    }

    private boolean isAnyNewOrChanged(SetDifference difference) {
        if (difference.added().isEmpty() && difference.changed().isEmpty()) {
            spec.commandLine().getOut().println("No definition is new or changed, so there is nothing to backtest.");
            return false;
        }
        return true;
    }
}
