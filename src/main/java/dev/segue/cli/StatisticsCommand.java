// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.KindTables;
import dev.segue.cli.text.StatisticJson;
import dev.segue.cli.text.StatisticsTable;
import dev.segue.cli.text.UserError;
import dev.segue.config.Settings;
import dev.segue.event.Nearest;
import dev.segue.runtime.operate.StatisticLog;
import dev.segue.statistics.Course;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.Trend;
import dev.segue.statistics.WindowSize;
import dev.segue.statistics.Windows;
import dev.segue.value.DurationText;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "statistics",
        mixinStandardHelpOptions = true,
        description = {
            "Prints statistics by hour or day, with a chart of each row.",
            "segments: members, entered, exited, and the median stay of those who left.",
            "pages: views, visitors, exits, landings, bounces, and orders of those who landed there.",
            "forms: started, submitted, abandoned.",
            "products, categories: views; units added to carts, ordered and returned; orders; and the trend: views of the last"
                    + " day over those of a usual day of the four weeks before."
        },
        footer = {"", "Example: segue statistics segments --config segue.yaml --by hour"})
final class StatisticsCommand implements Callable<Integer> {
    private static final int DAYS = 29;
    private static final int HOURS = 48;

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Parameters(
            paramLabel = "segments|pages|forms|products|categories",
            arity = "0..1",
            defaultValue = "segments",
            description = "What to print. Default: ${DEFAULT-VALUE}.")
    private What what = What.SEGMENTS;

    @Option(
            names = "--by",
            paramLabel = "hour|day",
            defaultValue = "day",
            description = "The length of a window. Default: ${DEFAULT-VALUE}.")
    private WindowSize by = WindowSize.DAY;

    @Option(
            names = "--from",
            paramLabel = "DATE|INSTANT",
            description = "The first window, such as 2025-11-01 or 2025-11-01T12:00:00Z. Default: the last " + DAYS
                    + " days or " + HOURS + " hours.")
    private @Nullable String from;

    @Option(names = "--name", paramLabel = "NAME", description = "Only this segment, page, and so on.")
    private @Nullable String name;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Print a table of at most this many pages, forms, products or categories. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            defaultValue = "table",
            description = "A table, or a JSON line for each window. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.TABLE;

    @Spec
    private CommandSpec spec;

    private enum What {
        SEGMENTS(StatisticKind.SEGMENT),
        PAGES(StatisticKind.PAGE),
        FORMS(StatisticKind.FORM),
        PRODUCTS(StatisticKind.PRODUCT),
        CATEGORIES(StatisticKind.CATEGORY);

        private final StatisticKind kind;

        What(StatisticKind kind) {
            this.kind = kind;
        }
    }

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
        if (limit < 1) {
            throw new UserError("--limit must be 1 or more, not " + limit + ".");
        }
        long first = from == null ? Long.MIN_VALUE : start(from, by, read.zone());
        Collection<Statistic> all = new StatisticLog(read)
                .read(statistic -> statistic.size() == by && statistic.subject().kind() == what.kind);
        List<Statistic> named = named(all);
        List<Statistic> found = inRange(named, first, read.zone());
        PrintWriter out = spec.commandLine().getOut();
        if (found.isEmpty()) {
            // Standard output is for what was found, which may be piped.
            spec.commandLine().getErr().println(nothing(named, read));
        } else if (format == Format.JSON) {
            found.forEach(statistic -> out.println(StatisticJson.write(statistic)));
        } else {
            print(found, read.zone(), out);
        }
        out.flush();
        return 0;
    }

    private List<Statistic> named(Collection<Statistic> all) {
        List<Statistic> found = all.stream()
                .filter(statistic ->
                        name == null || name.equals(statistic.subject().name()))
                .toList();
        if (name != null && found.isEmpty() && !all.isEmpty()) {
            Set<String> known =
                    all.stream().map(statistic -> statistic.subject().name()).collect(Collectors.toSet());
            throw new UserError("--name: there are no statistics of a " + what.kind.label() + " '" + name + "' by "
                    + by.label() + "." + Nearest.hint(name, known) + " Without --name, all are printed.");
        }
        return found;
    }

    private String nothing(List<Statistic> named, Settings read) {
        String kind = what.name().toLowerCase(Locale.ROOT) + (name == null ? "" : " with the name '" + name + "'");
        OptionalLong last = named.stream().mapToLong(Statistic::start).max();
        return last.isPresent()
                ? "There are no statistics of " + kind + " from " + from + " on; the last " + by.label() + " is "
                        + shown(last.getAsLong(), read.zone()) + "."
                : "There are no statistics of " + kind + " in "
                        + read.topics().names().statistics() + " yet. A running processor writes them "
                        + DurationText.write(read.statistics().interval()) + " after the first events that it counts.";
    }

    /** Returns when the window begins that --from names. */
    static long start(String text, WindowSize size, ZoneId zone) {
        try {
            Instant at = text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(zone).toInstant();
            return new Windows(zone).start(size, Windows.hour(at.toEpochMilli()));
        } catch (DateTimeException unreadable) {
            throw new UserError("--from: '" + text
                    + "' is neither a date like 2025-11-01 nor a timestamp like 2025-11-01T12:00:00Z.");
        }
    }

    /** In order of time, then by name; without --from, only the last windows. */
    private List<Statistic> inRange(List<Statistic> found, long first, ZoneId zone) {
        long last = found.stream().mapToLong(Statistic::start).max().orElse(0);
        long shown = from != null ? first : before(last, (by == WindowSize.DAY ? DAYS : HOURS) - 1, zone);
        return found.stream()
                .filter(statistic -> statistic.start() >= shown)
                .sorted(Comparator.comparingLong(Statistic::start)
                        .thenComparing(statistic -> statistic.subject().name()))
                .toList();
    }

    private long before(long start, int windows, ZoneId zone) {
        return by == WindowSize.HOUR
                ? start - windows * Windows.HOUR
                : Instant.ofEpochMilli(start)
                        .atZone(zone)
                        .minusDays(windows)
                        .toInstant()
                        .toEpochMilli();
    }

    private void print(List<Statistic> found, ZoneId zone, PrintWriter out) {
        long first = found.get(0).start();
        long last = found.get(found.size() - 1).start();
        List<Long> starts = Stream.iterate(first, start -> start <= last, start -> before(start, -1, zone))
                .toList();
        out.println(by.label() + "s from " + shown(first, zone) + " to " + shown(last, zone));
        out.println();
        StatisticsTable table = new StatisticsTable(by, starts);
        if (what == What.SEGMENTS) {
            table.segments(Course.of(found), out);
        } else {
            double elapsed = Trend.elapsed(last, before(last, -1, zone), System.currentTimeMillis());
            table.others(KindTables.of(what.kind, by), Course.of(found), limit, elapsed, out);
        }
    }

    private String shown(long start, ZoneId zone) {
        var at = Instant.ofEpochMilli(start).atZone(zone);
        return by == WindowSize.DAY
                ? at.toLocalDate().toString()
                : at.toOffsetDateTime().toString();
    }
}
