// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import dev.segue.config.ProcessingSettings;
import dev.segue.config.Settings;
import dev.segue.config.StoreSettings;
import dev.segue.definition.Definition;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Vocabulary;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.cluster.DiskWatch;
import dev.segue.runtime.cluster.Failures;
import dev.segue.runtime.cluster.PartitionWatch;
import dev.segue.runtime.cluster.ProcessorStreams;
import dev.segue.runtime.cluster.RestoreProgress;
import dev.segue.runtime.cluster.Rights;
import dev.segue.runtime.cluster.RocksMemory;
import dev.segue.runtime.cluster.StreamsProperties;
import dev.segue.runtime.cluster.Topics;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.serde.event.InvalidSchemas;
import dev.segue.serde.output.OutputSchemas;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import dev.segue.topology.Counters;
import dev.segue.topology.Counts;
import dev.segue.topology.Lag;
import dev.segue.topology.Parts;
import dev.segue.topology.Placement;
import dev.segue.topology.SegueTopology;
import dev.segue.value.CountText;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running instance of the processor. Safe for several threads. */
public final class Application implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    /**
     * Shorter than the ten seconds after which most supervisors kill a process. While the broker is unreachable, a stop
     * takes all of it, because Streams waits for the commit.
     */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(8);

    private final Settings settings;
    private final Topology topology;
    private final Counters counters;
    private final SchemaRegistry registry;
    private final AtomicBoolean closed;
    private final Vocabulary vocabulary;
    private final EvaluatedDefinitions definitions;
    private final RestoreProgress restoring;
    private final Placement placement;
    private final DiskWatch disk;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile KafkaStreams.@Nullable State state;
    private volatile @Nullable KafkaStreams streams;
    private volatile @Nullable PartitionWatch partitions;
    private @Nullable RocksMemory memory;

    private Application(Settings settings, ApplicationParts loaded) {
        Parts parts = loaded.parts();
        this.settings = settings;
        this.topology = SegueTopology.build(settings, parts);
        this.counters = parts.counters();
        this.registry = parts.registry();
        this.closed = loaded.closed();
        this.restoring = loaded.restoring();
        this.placement = parts.placement();
        this.vocabulary = parts.schemas().vocabulary();
        this.definitions = loaded.definitions();
        this.disk = diskWatch(settings.processing());
    }

    private DiskWatch diskWatch(ProcessingSettings processing) {
        StoreSettings stores = processing.stores();
        return new DiskWatch(
                processing.stateDirectory(),
                DiskWatch.roomUnder(processing.stateDirectory()),
                stores.kind() == StoreSettings.Kind.ROCKSDB ? stores.diskReserveMebibytes() : 0,
                paused -> {
                    KafkaStreams working = streams;
                    if (working != null && paused) {
                        working.pause();
                    } else if (working != null) {
                        working.resume();
                    }
                });
    }

    /** As {@link #load(Settings, InstantSource, MeterRegistry)}, with meters that are not published. */
    public static Application load(Settings settings, InstantSource clock)
            throws InvalidSettings, InvalidSchemas, InvalidDefinitions, IOException {
        return load(settings, clock, new SimpleMeterRegistry());
    }

    /**
     * Reads schemas and definitions; does not connect to anything yet.
     *
     * @param clock written into ticks by the conductor and into changes as {@code detected_at}
     * @param meters registry for the counters
     * @throws InvalidSettings if a directory is missing
     * @throws InvalidSchemas with every problem of all event schemas
     * @throws InvalidDefinitions with every problem of all definitions
     */
    public static Application load(Settings settings, InstantSource clock, MeterRegistry meters)
            throws InvalidSettings, InvalidSchemas, InvalidDefinitions, IOException {
        return new Application(settings, ApplicationParts.load(settings, clock, meters));
    }

    /**
     * Waits for the broker as long as the settings allow, creates or checks the topics, and starts. Returns before
     * partitions are assigned; see {@link #awaitRunning}. May be called once.
     *
     * @throws CannotStart if the broker or the registry does not answer, or topics are not configured as required
     */
    public void start() throws InterruptedException {
        prepareTopics();
        checkRegistry();
        definitions.start();
        startStreams();
    }

    private synchronized void startStreams() {
        if (closed.get()) {
            return;
        }
        memory = new RocksMemory(
                settings.processing().stores().memoryMebibytes(),
                settings.erasure().localFiles());
        KafkaStreams created = ProcessorStreams.create(topology, settings, memory);
        streams = created;
        created.setUncaughtExceptionHandler(this::decide);
        created.setStateListener((now, before) -> follow(now));
        created.setGlobalStateRestoreListener(restoring);
        try {
            created.start();
            disk.start();
        } catch (StreamsException refusal) {
            // Streams opens the stores that it finds on this machine before any partition is assigned.
            throw new CannotStart("Cannot start: " + why(refusal), refusal);
        }
    }

    /** Returns true if every partition of this instance was assigned and restored within the given time. */
    public boolean awaitRunning(Duration patience) throws InterruptedException {
        return running.await(patience.toMillis(), TimeUnit.MILLISECONDS) && failure.get() == null;
    }

    /**
     * Waits until the application has stopped, by {@link #close} or by a failure.
     *
     * @throws CannotStart with one sentence if a failure stopped it
     */
    public void awaitStopped() throws InterruptedException {
        stopped.await();
        throwIfFailed();
    }

    /** @throws CannotStart with one sentence if a failure has stopped it */
    public void throwIfFailed() {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new CannotStart("Stopped: " + why(cause), cause);
        }
    }

    /** The names of the published definitions, in order; before the start, of those in files. */
    public List<String> segments() {
        return definitions().stream().map(Definition::name).toList();
    }

    /** The published definitions, in order; before the start, those in files. */
    public List<Definition> definitions() {
        return definitions.now();
    }

    /** The event types that definitions may use. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    public Counts counts() {
        return counters.read();
    }

    /** How far the tasks of this instance lag behind. */
    Lag lag() {
        return counters.progress().lag();
    }

    /** The state of the processor as a health check, with the reason. */
    Health.Check check() {
        Throwable cause = failure.get();
        if (cause != null) {
            return new Health.Check("processor", false, "stopped: " + why(cause));
        }
        KafkaStreams.State now = state;
        if (closed.get()) {
            return new Health.Check("processor", false, "is being stopped");
        }
        if (now == null) {
            return new Health.Check("processor", false, "is starting: waits for the broker and checks the topics");
        }
        String noRoom = disk.trouble();
        if (noRoom != null) {
            return new Health.Check("processor", false, noRoom);
        }
        return switch (now) {
            case RUNNING -> new Health.Check("processor", true, "is running");
            case CREATED, REBALANCING ->
                new Health.Check(
                        "processor",
                        false,
                        "is being assigned partitions or restores their state; "
                                + CountText.of(restoring.left(), "record is", "records are") + " left to restore");
            default -> new Health.Check("processor", false, "has stopped working: " + now);
        };
    }

    /** Checks that every customer's events arrive in one partition. */
    Health.Check checkPartitions() {
        PartitionWatch watch = partitions;
        String changed = watch == null ? null : watch.trouble();
        if (changed != null) {
            return new Health.Check("partitions", false, changed);
        }
        String misplaced = placement.trouble();
        return misplaced == null
                ? new Health.Check("partitions", true, "events arrive in the partitions that their keys belong to")
                : Health.Check.degraded("partitions", misplaced);
    }

    /** Checks that the latest published definitions are evaluated. */
    public Health.Check checkDefinitions() {
        return definitions.check(counters.progress());
    }

    /** True after a failure that only a restart can mend. */
    boolean hasFailed() {
        return failure.get() != null;
    }

    /** As {@link #stop}. */
    @Override
    public void close() {
        boolean unused = stop();
    }

    /**
     * Stops cleanly: commits finished work and keeps local state. May be called twice.
     *
     * @return false if it did not finish in time; the next start then repeats the work that was not committed
     */
    public boolean stop() {
        // Set first, so that whatever waits for the registry stops waiting.
        closed.set(true);
        registry.stop();
        return closeStreams();
    }

    private synchronized boolean closeStreams() {
        // Without leaving the group, the next instance would wait for this one's session to time out.
        CloseOptions leaving =
                CloseOptions.timeout(LONGEST_STOP).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);
        disk.close();
        definitions.close();
        PartitionWatch watch = partitions;
        if (watch != null) {
            watch.close();
        }
        KafkaStreams working = streams;
        boolean inTime = working == null || working.close(leaving);
        if (!inTime) {
            LOG.warn("did not stop within {}; the next start repeats the work that was not committed", LONGEST_STOP);
        } else if (memory != null) {
            memory.close();
            memory = null;
        }
        stopped.countDown();
        running.countDown();
        return inTime;
    }

    private void prepareTopics() throws InterruptedException {
        try (Admin admin = Admin.create(StreamsProperties.administration(settings))) {
            Rights rights = new Rights(admin, settings);
            rights.check();
            watchPartitions(new Topics(admin, settings).createOrCheck());
            // Topics that were missing before are checked now.
            rights.check();
        } catch (ExecutionException | KafkaException refusal) {
            throw Failures.atStart(
                    refusal,
                    settings.bootstrapServers(),
                    settings.processing().startPatience().toSeconds());
        }
    }

    private void watchPartitions(int count) {
        placement.partitions(count);
        PartitionWatch watch = new PartitionWatch(settings, count);
        partitions = watch;
        watch.start();
    }

    /**
     * Reports an unreachable registry now instead of at the first change; from here on, only foreign records need it.
     */
    private void checkRegistry() {
        try {
            OutputSchemas.register(
                    registry, settings.topics().names(), settings.statistics().enabled());
        } catch (RegistryException refusal) {
            throw new CannotStart(Failures.sentence(refusal), refusal);
        }
    }

    /** Retries transient failures from the last commit; any other failure would only repeat. */
    private StreamThreadExceptionResponse decide(Throwable cause) {
        if (closed.get()) {
            LOG.debug("abandoned because of the stop", cause);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        if (Failures.mayPass(cause) || isRestored(cause)) {
            LOG.warn("retries: {}", Failures.sentence(cause));
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        failure.compareAndSet(null, cause);
        LOG.error("stops: {}", why(cause), cause);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** Streams ends a thread that misses a topic, but not because one has come back. */
    private boolean isRestored(Throwable cause) {
        return cause instanceof MissingSourceTopicException
                && definitions.published().restore();
    }

    private String why(Throwable cause) {
        return Failures.whileRunning(cause, settings.processing().stateDirectory());
    }

    private void follow(KafkaStreams.State now) {
        state = now;
        switch (now) {
            case RUNNING -> running.countDown();
            case ERROR, NOT_RUNNING -> {
                stopped.countDown();
                running.countDown();
            }
            default -> LOG.debug("state {}", now);
        }
    }
}
