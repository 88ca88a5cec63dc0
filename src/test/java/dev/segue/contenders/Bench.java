// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.contenders.Definitions.Catalogue;
import dev.segue.fault.EditsRun;
import dev.segue.serde.event.EventSchemas;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./segue bench}: measures Segue beside the alternatives, on this machine, in one run. */
@Command(
        name = "segue bench",
        mixinStandardHelpOptions = true,
        description = "Measures Segue and its contenders, one after the other in rounds, and ends with a table.",
        footer = {"", "Example: segue bench --quick"})
final class Bench implements Callable<Integer> {
    private static final int PARTITIONS = 4;

    /** For the directory of a run, and for what later runs use again. */
    private static final Path KEPT = Path.of("target", "bench");

    /** See {@link dev.segue.demo.shop.ShopSettings}. */
    private static final int LEAST_SHOPPERS = 100;

    private static final Duration QUICK_LIMIT = Duration.ofSeconds(270);

    private static final Duration LONGEST_QUICK_RUN = Duration.ofMinutes(1);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(10);

    /** A killed consumer keeps its partitions for this long (Kafka's {@code session.timeout.ms}). */
    private static final Duration MISSED_AFTER = Duration.ofSeconds(45);

    /** A contender that takes longer runs once, because five rounds would take hours. */
    private static final Duration SLOW = Duration.ofMinutes(4);

    @Option(names = "--quick", description = "Fewer events and rounds; ends within five minutes.")
    private boolean quick;

    @Option(
            names = "--contenders",
            split = ",",
            paramLabel = "NAME",
            description = "Only these, whole names or their beginnings, such as bare,segue-five.")
    private List<String> names = List.of();

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--shop",
            paramLabel = "SHOP",
            defaultValue = "young",
            description = "young: it has just opened. lived: 120 days of visits happen before the measured part.")
    private String shopName;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "Events in the topic; 400000, or 30000 if quick. In a lived shop, those after its history;"
                    + " 50000, or 15000 if quick.")
    private int events;

    @Option(
            names = "--shoppers",
            paramLabel = "N",
            description = "Customers; 30000, or 2000 if quick. In a lived shop 500, or 150 if quick.")
    private int shoppers;

    @Option(names = "--rounds", paramLabel = "N", description = "How often each runs; 5, or up to 3 if quick.")
    private int rounds;

    @Option(
            names = "--pace",
            paramLabel = "N",
            defaultValue = "-1",
            description = "Events a second while latency is measured; 10000, or 2000 if quick; 0 leaves it out. A lived"
                    + " shop never has it.")
    private int eventsPerSecond;

    @Option(
            names = "--pace-seconds",
            paramLabel = "N",
            description = "How long latency is measured; 30, or 6 if quick.")
    private int paceSeconds;

    @Option(
            names = "--warm-up-seconds",
            paramLabel = "N",
            description = "How long the same load lasts before it is measured; 60, or 3 if quick.")
    private int warmUpSeconds;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the simulated shop.")
    private long seed;

    @Option(
            names = "--idle-partition",
            description =
                    "One partition falls silent: only the others show that time passes. Shows whose answers stay right.")
    private boolean idlePartition;

    @Option(
            names = "--restart",
            description =
                    "Each contender is killed when half of the events are done, and started again. Shows whose answers"
                            + " stay right; a rate is not told.")
    private boolean restart;

    @Option(
            names = "--late",
            description =
                    "One event of twenty comes late, by a minute to a day. Shows whose memberships are right in the"
                            + " end.")
    private boolean late;

    @Option(
            names = "--edits",
            description =
                    "Instead of contenders: how long live events take before and while definitions change for every"
                            + " customer, and how fast past events are read. --events (600000, or 60000 if quick) are the past.")
    private boolean edits;

    @Option(names = "--out", paramLabel = "FILE", defaultValue = "target/bench/bench.json", description = "The JSON.")
    private Path out;

    private final PrintWriter screen;
    private final long begun = System.nanoTime();

    Bench(PrintWriter screen) {
        this.screen = screen;
    }

    public static void main(String[] arguments) {
        // Kafka's clients log repeatedly that new topics have no leader yet.
        Configurator.setAllLevels("org.apache.kafka", Level.ERROR);
        PrintWriter screen = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        System.exit(new CommandLine(new Bench(screen)).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        return edits ? edits() : contenders();
    }

    private int edits() throws Exception {
        int past = events > 0 ? events : quick ? 60_000 : 600_000;
        int live = quick ? 300 : 1_000;
        Path directory = Files.createTempDirectory(Files.createDirectories(KEPT), "edits");
        try {
            EditsReport report = new EditsReport(past);
            print("a definition is filled from %,d events", past);
            report.add(new EditsRun(Files.createDirectory(directory.resolve("fill")), past, past / 10, live).fill());
            print("thresholds change for %,d customers", past / 3);
            report.add(
                    new EditsRun(Files.createDirectory(directory.resolve("thresholds")), past * 2 / 3, past / 3, live)
                            .thresholds());
            report.print(screen);
            report.write(out);
            print("wrote %s", out);
            return 0;
        } finally {
            Launch.deleteRecursively(directory);
        }
    }

    private int contenders() throws Exception {
        Shop kind = shop();
        settle(kind);
        requireKnown();
        EventSchemas schemas = EventSchemas.read(Path.of("schemas", "events"));
        Path directory = Files.createTempDirectory(Files.createDirectories(KEPT), "run");
        try {
            measure(directory, schemas, workload(kind, schemas));
            print("wrote %s", out);
            return 0;
        } finally {
            Launch.deleteRecursively(directory);
        }
    }

    private void measure(Path directory, EventSchemas schemas, Workload workload) throws Exception {
        List<Entry> entries = Entry.ALL.stream().filter(this::isWanted).toList();
        try (Stage stage = new Stage(directory, workload, schemas);
                Feed feed = new Feed(stage, workload)) {
            print("encoded %s (seed %d) for a topic of %d partitions", workload, seed, PARTITIONS);
            Pace pace = new Pace(eventsPerSecond, Duration.ofSeconds(warmUpSeconds), Duration.ofSeconds(paceSeconds));
            Report report = new Report(entries, workload, pace);
            Definitions definitions = new Definitions(directory.resolve("definitions"));
            race(feed, stage, workload, definitions, entries, report);
            report.print(screen);
            report.write(out);
        }
    }

    private Workload workload(Shop kind, EventSchemas schemas) throws IOException {
        ShopLog shop = switch (kind) {
            case YOUNG -> new YoungShop(schemas.vocabulary(), seed, shoppers);
            case LIVED -> LivedShop.open(KEPT, schemas, seed, shoppers, events, this::print);
        };
        Trouble trouble = new Trouble(idlePartition, restart, late);
        return new Workload(schemas.vocabulary(), seed, shoppers, shop, events, PARTITIONS, trouble);
    }

    private Shop shop() {
        for (Shop shop : Shop.values()) {
            if (shop.label().equals(shopName)) {
                return shop;
            }
        }
        throw mistake("--shop: there is no '" + shopName + "'. There are: " + String.join(", ", Shop.labels()));
    }

    private ParameterException mistake(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void settle(Shop shop) {
        Shop.Size usual = shop.size(quick);
        events = events > 0 ? events : usual.events();
        shoppers = shoppers > 0 ? shoppers : usual.shoppers();
        if (shoppers < LEAST_SHOPPERS) {
            throw mistake("--shoppers " + shoppers + ": the simulated shop has at least " + LEAST_SHOPPERS
                    + " customers. Give " + LEAST_SHOPPERS + " or more");
        }
        rounds = rounds > 0 ? rounds : quick ? 3 : 5;
        if (shop == Shop.LIVED && eventsPerSecond > 0) {
            throw mistake("--pace " + eventsPerSecond + ": latency is measured with a young shop only. Leave out --pace"
                    + " or --shop lived");
        }
        eventsPerSecond = eventsPerSecond >= 0 ? eventsPerSecond : usual.eventsPerSecond();
        paceSeconds = paceSeconds > 0 ? paceSeconds : quick ? 6 : 30;
        warmUpSeconds = warmUpSeconds > 0 ? warmUpSeconds : quick ? 3 : 60;
    }

    private void requireKnown() {
        for (String name : names) {
            if (Entry.ALL.stream().noneMatch(entry -> entry.name().startsWith(name))) {
                String all =
                        String.join(", ", Entry.ALL.stream().map(Entry::name).toList());
                throw mistake("--contenders: there is no '" + name + "'. There are: " + all);
            }
        }
    }

    private boolean isWanted(Entry entry) {
        boolean named = names.isEmpty() || names.stream().anyMatch(entry.name()::startsWith);
        if (named && !entry.isThere()) {
            print("leaves out %s, which needs the profile 'bench'", entry.name());
        }
        return named && entry.isThere();
    }

    /** A B A B: if the machine slows down, or other work runs on it, all contenders are affected alike. */
    private void race(
            Feed feed, Stage stage, Workload workload, Definitions definitions, List<Entry> entries, Report report)
            throws Exception {
        Map<Catalogue, Workload.Answer> expected = expected(workload, definitions, entries);
        Workload.Answer shipped = expected.get(Catalogue.SHIPPED);
        int stateBytes = shipped == null ? 0 : shipped.states().median();
        if (shipped != null) {
            print("the median of Segue's states has %d bytes under the shipped catalogue; so have bare's", stateBytes);
        }
        Set<Entry> slow = new HashSet<>();
        long longest = 0;
        for (int round = 1; round <= rounds; round++) {
            List<Entry> leftOut = new ArrayList<>();
            for (Entry entry : entries) {
                long start = System.nanoTime();
                if (report.failed(entry) || slow.contains(entry)) {
                    continue;
                }
                if (isTooLate(longest)) {
                    leftOut.add(entry);
                } else {
                    Workload.Answer answer = entry.definitions() == null ? null : expected.get(entry.definitions());
                    String name = "run-" + round + "-" + entry.name();
                    Duration patience =
                            (quick ? LONGEST_QUICK_RUN : LONGEST_RUN).plus(restart ? MISSED_AFTER : Duration.ZERO);
                    Launch launch = new Launch(stage, definitions, entry, name, name + ".events", false, stateBytes);
                    measure(new Drain(launch, feed, workload, patience), round, entry, answer, report);
                    long took = System.nanoTime() - start;
                    longest = Math.max(longest, took);
                    if (took > SLOW.toNanos() && round < rounds) {
                        slow.add(entry);
                        print("%s took %d s and runs in no further round", entry.name(), took / 1_000_000_000);
                    }
                }
            }
            reportOmitted(leftOut, "in round " + round);
            if (round == 1) {
                // With little time left, a latency of each contender is worth more than another round.
                pace(stage, workload, definitions, paced(entries), report);
            }
        }
    }

    /** Only {@code --quick} has a time limit. */
    private boolean isTooLate(long longest) {
        return quick && System.nanoTime() - begun + longest > QUICK_LIMIT.toNanos();
    }

    private List<Entry> paced(List<Entry> entries) {
        return eventsPerSecond == 0
                ? List.of()
                : entries.stream().filter(Entry::hasTheFive).toList();
    }

    /** A steady load with the current time, once per contender: a drain cannot measure latency. */
    private void pace(Stage stage, Workload workload, Definitions definitions, List<Entry> entries, Report report)
            throws Exception {
        List<Entry> leftOut = new ArrayList<>();
        long longest = 0;
        for (Entry entry : entries) {
            long start = System.nanoTime();
            if (isTooLate(longest)) {
                leftOut.add(entry);
                continue;
            }
            String name = "paced-" + entry.name();
            try {
                Launch launch = new Launch(stage, definitions, entry, name, name + ".events", true, 0);
                report.add(entry, new PacedRun(launch, workload, report.pace()).run());
                print("%s: %s", report.pace(), entry.name());
            } catch (IllegalStateException failure) {
                report.failPaced(entry, failure);
                print("%s: %s failed: %s", report.pace(), entry.name(), failure.getMessage());
            }
            longest = Math.max(longest, System.nanoTime() - start);
        }
        reportOmitted(leftOut, "at a steady pace");
    }

    private void reportOmitted(List<Entry> entries, String where) {
        if (!entries.isEmpty()) {
            List<String> those = entries.stream().map(Entry::name).toList();
            print("has no time left %s for %s", where, String.join(", ", those));
        }
    }

    private void measure(Drain drain, int round, Entry entry, Workload.@Nullable Answer expected, Report report)
            throws Exception {
        try {
            Measurement run = drain.run(expected);
            report.add(entry, run);
            String rate = run.eventsPerSecond() < 0 ? "-" : "%.0f".formatted(run.eventsPerSecond());
            print("round %d, %s: %s events/s%s", round, entry.name(), rate, verdict(run));
        } catch (IllegalStateException failure) {
            // A failed contender is reported; the others continue.
            report.fail(entry, failure);
            print("round %d, %s failed: %s", round, entry.name(), failure.getMessage());
        }
    }

    private static String verdict(Measurement run) {
        return run.wrong().isEmpty() ? "" : ", WRONG";
    }

    private Map<Catalogue, Workload.Answer> expected(Workload workload, Definitions definitions, List<Entry> entries)
            throws Exception {
        Map<Catalogue, Workload.Answer> expected = new EnumMap<>(Catalogue.class);
        for (Entry entry : entries) {
            // A contender that computes no answers has states as large as the shipped catalogue's.
            Catalogue catalogue = entry.definitions() == null ? Catalogue.SHIPPED : entry.definitions();
            if (!expected.containsKey(catalogue)) {
                expected.put(catalogue, workload.replay(definitions.plan(catalogue, workload.vocabulary())));
                print(
                        "replayed %s: %d changes",
                        catalogue, expected.get(catalogue).changes().size());
            }
        }
        return expected;
    }

    private void print(String text, Object... values) {
        screen.printf("bench %4d s: " + text + "%n", prepend((System.nanoTime() - begun) / 1_000_000_000, values));
    }

    private static Object[] prepend(Object first, Object[] rest) {
        List<Object> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(rest));
        return all.toArray();
    }
}
