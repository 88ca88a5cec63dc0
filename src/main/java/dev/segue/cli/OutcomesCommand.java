// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.OutcomesText;
import dev.segue.cli.text.UserError;
import dev.segue.config.Settings;
import dev.segue.event.Nearest;
import dev.segue.runtime.operate.StatisticLog;
import dev.segue.statistics.Course;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.WindowSize;
import dev.segue.value.DurationText;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "outcomes",
        mixinStandardHelpOptions = true,
        description = {
            "Prints what came of the messages of each trigger, by the day of their sending, and how that differs from the"
                    + " control group.",
            "lift: the rate of goals minus that of the control group, in percentage points, with its 95 % interval.",
            "With a trigger's name, also how often it made each kind of decision."
        },
        footer = {"", "Example: segue outcomes cart-reminder --config segue.yaml --from 2025-11-01"})
final class OutcomesCommand implements Callable<Integer> {
    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Parameters(paramLabel = "TRIGGER", arity = "0..1", description = "Only this trigger. Default: all.")
    private @Nullable String name;

    @Option(
            names = "--from",
            paramLabel = "DATE|INSTANT",
            description = "The first day, such as 2025-11-01. Default: the first day that is kept.")
    private @Nullable String from;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            defaultValue = "table",
            description = "A table, or a JSON line for each trigger. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.TABLE;

    @Spec
    private CommandSpec spec;

    private enum Format {
        TABLE,
        JSON
    }

    @Override
    public Integer call() {
        Settings read = settings.read();
        if (!read.statistics().enabled()) {
            throw new UserError("Statistics are switched off; set statistics.enabled to true in the settings.");
        }
        long first = from == null ? Long.MIN_VALUE : StatisticsCommand.start(from, WindowSize.DAY, read.zone());
        Collection<Statistic> all = new StatisticLog(read)
                .read(statistic -> statistic.size() == WindowSize.DAY
                        && statistic.subject().kind() == StatisticKind.TRIGGER);
        List<Course> found = Course.of(named(all).stream()
                .filter(statistic -> statistic.start() >= first)
                .toList());
        PrintWriter out = spec.commandLine().getOut();
        if (found.isEmpty()) {
            // Standard output is for what was found, which may be piped.
            spec.commandLine().getErr().println(nothing(all, read));
        } else if (format == Format.JSON) {
            found.forEach(trigger -> out.println(OutcomesText.json(trigger)));
        } else {
            OutcomesText.table(found, out);
            if (name != null) {
                out.println();
                OutcomesText.decisions(found.get(0), out);
            }
        }
        out.flush();
        return 0;
    }

    private List<Statistic> named(Collection<Statistic> all) {
        Set<String> known =
                all.stream().map(statistic -> statistic.subject().name()).collect(Collectors.toSet());
        if (name != null && !known.isEmpty() && !known.contains(name)) {
            throw new UserError("There are no outcomes of a trigger '" + name + "'." + Nearest.hint(name, known)
                    + " Without a name, all triggers are printed.");
        }
        return all.stream()
                .filter(statistic ->
                        name == null || name.equals(statistic.subject().name()))
                .toList();
    }

    private String nothing(Collection<Statistic> all, Settings read) {
        return all.isEmpty()
                ? "There are no outcomes of triggers in "
                        + read.topics().names().statistics() + " yet. A running processor writes them "
                        + DurationText.write(read.statistics().interval()) + " after the first decision of a trigger."
                : "There are no outcomes" + (name == null ? "" : " of '" + name + "'") + " from " + from + " on.";
    }
}
