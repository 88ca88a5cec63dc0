// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import dev.segue.collector.Collector;
import dev.segue.config.ClientSettings;
import dev.segue.config.TopicNames;
import dev.segue.console.Console;
import dev.segue.definition.Definition;
import dev.segue.demo.broker.BrokerNotStarted;
import dev.segue.demo.broker.DataDirectory;
import dev.segue.demo.shop.ShopSettings;
import dev.segue.demo.view.ChangeLine;
import dev.segue.demo.view.InboxView;
import dev.segue.demo.view.LiveView;
import dev.segue.demo.view.SegmentTally;
import dev.segue.event.Change;
import dev.segue.event.TriggerDecision;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.operate.FileContents;
import dev.segue.runtime.operate.SavedDefinitions;
import dev.segue.runtime.operate.TopicFeed;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.event.InvalidSchemas;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.output.TriggerDecisionCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Runs a broker, a processor and a simulated shop in one process, and prints the changes live. */
public final class Demo {
    /** Long enough ago that hours of fast running do not reach the present. */
    private static final int OPENED_DAYS_AGO = 28;

    private static final LocalTime OPENS_AT = LocalTime.of(10, 0);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration NO_WAIT = Duration.ZERO;
    private static final long QUIET_MILLIS = 600;
    private static final long LONGEST_DRAIN_MILLIS = 4000;

    private final DemoSettings settings;
    private final PrintWriter out;
    private final InstantSource wall = InstantSource.system();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** @param out the terminal */
    public Demo(DemoSettings settings, PrintWriter out) {
        this.settings = settings;
        this.out = out;
    }

    /** Makes {@link #run} end soon, with its summary. May be called from another thread. */
    public void stop() {
        stopped.countDown();
    }

    /**
     * Runs the demo until its time is over or {@link #stop} is called; then stops everything and deletes temporary
     * files.
     *
     * @throws CannotStart with every problem of definitions, schemas and options, before anything was started
     * @throws BrokerNotStarted if the port or the directory cannot be used
     * @throws IllegalStateException if something failed on the way
     */
    public void run() throws BrokerNotStarted, InterruptedException {
        EventSchemas schemas = schemas();
        try (DataDirectory directory = DataDirectory.open(settings.dataDirectory())) {
            ShopJournal start = journal(directory);
            ShopClock clock = new ShopClock(start.time());
            // Before they are loaded, so that a save during the start is seen.
            FileContents files = FileContents.read(settings.segments().directories());
            try (ShopFront front = ShopFront.open(settings, Servers.registry(directory.path()));
                    Servers servers = Servers.start(settings, directory.path(), clock, start.opens())) {
                watch(servers);
                try (Collector collector = front.openCollector(servers.settings(), clock, start.opens());
                        Console console = front.openConsole(servers.settings(), clock)) {
                    Greeting greeting = new Greeting(
                            settings, servers.settings(), start, front, collector.address(), console.address());
                    show(servers, front, greeting, directory, start, clock, schemas, files);
                }
            }
        }
        Throwable problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("the demo ended early: " + problem.getMessage(), problem);
        }
    }

    private EventSchemas schemas() {
        try {
            return EventSchemas.read(settings.schemas().resolve("events"));
        } catch (InvalidSchemas invalid) {
            throw new CannotStart(String.valueOf(invalid.getMessage()), invalid);
        }
    }

    private ShopJournal journal(DataDirectory directory) {
        ShopJournal kept = ShopJournal.read(directory.path()).orElse(null);
        Long wanted = settings.seed();
        if (kept == null) {
            long seed = wanted != null ? wanted : new SplittableRandom().nextInt(1, 1_000_000);
            Instant opens = wall.instant()
                    .atOffset(ZoneOffset.UTC)
                    .toLocalDate()
                    .minusDays(OPENED_DAYS_AGO)
                    .atTime(OPENS_AT)
                    .toInstant(ZoneOffset.UTC);
            return new ShopJournal(seed, opens, 0, opens.minus(ShopSettings.USUAL_PAST));
        }
        if (wanted != null && wanted != kept.seed()) {
            throw new CannotStart("the data directory " + directory.path() + " contains a shop with seed " + kept.seed()
                    + ", not " + wanted + "; omit --seed, or choose another directory");
        }
        return kept;
    }

    private void show(
            Servers servers,
            ShopFront front,
            Greeting greeting,
            DataDirectory directory,
            ShopJournal start,
            ShopClock clock,
            EventSchemas schemas,
            FileContents files) {
        TopicNames topics = servers.settings().topics().names();
        LiveView view = view(start, servers.application().definitions());
        InboxView inbox = new InboxView(out, settings.width(), start.opens());
        greeting.print(out);
        ShopKeeper keeper = new ShopKeeper(
                start,
                directory.temporary() ? null : directory.path(),
                settings.speed(),
                clock,
                servers.settings(),
                schemas,
                () -> servers.application().counts().events(),
                this::fail);
        try (TopicFeed<Change> feed = feed(servers, topics);
                TopicFeed<TriggerDecision> decisions = decisions(servers, topics)) {
            feed.fromBeginning();
            decisions.fromNow();
            while (!feed.atEnd()) {
                poll(feed, LOOK).forEach(view::countEarlier);
            }
            Instant opened = wall.instant();
            try (keeper;
                    SavedDefinitions saved = SavedDefinitions.publishing(
                            files, servers.settings(), schemas.vocabulary(), clock, out, out)) {
                saved.start();
                keeper.open();
                watchUntilTheEnd(servers, front, feed, view, () -> {
                    List<TriggerDecision> some = poll(decisions, NO_WAIT);
                    front.showDecisions(some);
                    some.forEach(decision -> inbox.show(decision, wall.millis()));
                });
            }
            Duration took = Duration.between(opened, wall.instant());
            drain(feed, view);
            servers.application().close();
            drain(feed, view);
            poll(decisions, LOOK).forEach(decision -> inbox.show(decision, wall.millis()));
            inbox.summarise();
            view.summarise(keeper.sent(), took, clock.instant());
        }
    }

    private LiveView view(ShopJournal start, List<Definition> definitions) {
        int longest = definitions.stream()
                .flatMap(definition -> definition.segments().stream())
                .mapToInt(String::length)
                .max()
                .orElse(0);
        ChangeLine line = new ChangeLine(settings.width(), longest, settings.colour());
        return new LiveView(out, line, new SegmentTally(definitions), start.opens());
    }

    private static TopicFeed<Change> feed(Servers servers, TopicNames topics) {
        DirectorySchemaRegistry registry =
                new DirectorySchemaRegistry(servers.settings().registryDirectory());
        return TopicFeed.open(
                new ClientSettings(servers.settings().bootstrapServers(), Map.of()),
                topics.changes(),
                new ChangeCodec(registry, topics.changes())::decode);
    }

    private static TopicFeed<TriggerDecision> decisions(Servers servers, TopicNames topics) {
        DirectorySchemaRegistry registry =
                new DirectorySchemaRegistry(servers.settings().registryDirectory());
        return TopicFeed.open(
                new ClientSettings(servers.settings().bootstrapServers(), Map.of()),
                topics.activations(),
                new TriggerDecisionCodec(registry, topics.activations())::decode);
    }

    /**
     * Only the processor writes these topics: a record of another kind is a bug of ours and must not go unnoticed.
     */
    private static <T> List<T> poll(TopicFeed<T> feed, Duration patience) {
        List<T> found = feed.poll(patience);
        if (feed.foreign() > 0) {
            throw new IllegalStateException("an output contains a record of another kind: " + feed.firstForeign());
        }
        return found;
    }

    private void watchUntilTheEnd(
            Servers servers, ShopFront front, TopicFeed<Change> feed, LiveView view, Runnable showInbox) {
        Duration runFor = settings.runFor();
        long end = runFor == null ? Long.MAX_VALUE : wall.millis() + runFor.toMillis();
        while (stopped.getCount() > 0 && wall.millis() < end) {
            view.define(servers.application().definitions());
            List<Change> changes = poll(feed, LOOK);
            front.show(changes);
            changes.forEach(change -> view.show(change, wall.millis()));
            showInbox.run();
        }
    }

    /** Reads until no more changes arrive. */
    private void drain(TopicFeed<Change> feed, LiveView view) {
        long begun = wall.millis();
        long latest = begun;
        while (wall.millis() - latest < QUIET_MILLIS && wall.millis() - begun < LONGEST_DRAIN_MILLIS) {
            List<Change> changes = poll(feed, LOOK);
            changes.forEach(change -> view.show(change, wall.millis()));
            latest = changes.isEmpty() ? latest : wall.millis();
        }
    }

    /** Ends the demo if the processor stops on its own. */
    private void watch(Servers servers) {
        Thread watcher = new Thread(
                () -> {
                    try {
                        servers.application().awaitStopped();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException problem) {
                        fail(problem);
                    }
                },
                "processor-watch");
        watcher.setDaemon(true);
        watcher.start();
    }

    private void fail(Throwable problem) {
        failure.compareAndSet(null, problem);
        stop();
    }
}
