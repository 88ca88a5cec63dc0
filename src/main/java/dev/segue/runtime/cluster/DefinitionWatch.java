// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import dev.segue.definition.DefinitionSet;
import dev.segue.definition.PublishedSets;
import dev.segue.plan.Plan;
import dev.segue.serde.output.DefinitionLog;
import dev.segue.serde.registry.RegistryException;
import dev.segue.topology.Plans;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic of definitions, and compiles each set before it is needed. A set that this instance cannot compile
 * is refused whole; the one before it stays. Safe for several threads.
 */
public final class DefinitionWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DefinitionWatch.class);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration LONG_PAUSE = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofSeconds(2);
    /** Consumers notice a new topic with their next metadata. */
    private static final Duration MOMENT = Duration.ofMinutes(10);

    private static final Duration VISIBLE = Duration.ofSeconds(30);

    private final DefinitionTopic topic;
    private final Plans plans;
    private final InstantSource clock;
    private volatile PublishedSets accepted = new PublishedSets(List.of());
    private volatile @Nullable String refusal;
    /** What had been published before the topic was deleted. Only for the thread that follows the topic, as the next two. */
    private PublishedSets inherited = new PublishedSets(List.of());

    private @Nullable Uuid id;
    private @Nullable Long created;
    private long looked = System.nanoTime() - LOOK.toNanos();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;

    public DefinitionWatch(DefinitionTopic topic, Plans plans, InstantSource clock) {
        this.topic = topic;
        this.plans = plans;
        this.clock = clock;
    }

    /** Returns the sets that can be evaluated. */
    public PublishedSets sets() {
        return accepted;
    }

    /** Returns the revision that is evaluated; 0 if there is none. */
    public long revision() {
        return accepted.latest().map(DefinitionSet::revision).orElse(0L);
    }

    /** Returns the name of the topic. */
    public String topic() {
        return topic.name();
    }

    /** Returns why the latest published set is not evaluated; null if it is. */
    public @Nullable String refusal() {
        return refusal;
    }

    /**
     * Reads what has been published, then goes on in the background.
     *
     * @param revision that was published before; a committed transaction becomes visible a moment later
     * @throws KafkaException if the topic cannot be read
     */
    public void start(long revision) {
        long end = System.nanoTime() + VISIBLE.toNanos();
        DefinitionLog log = topic.read();
        while (log.latestRevision() < revision && System.nanoTime() < end && !isClosed(PAUSE)) {
            log = topic.read();
        }
        accept(log);
        Thread thread = new Thread(this::follow, "segue-definitions");
        thread.setDaemon(true);
        thread.start();
    }

    private void follow() {
        while (!isClosed(Duration.ZERO)) {
            try (KafkaConsumer<String, byte[]> opened = topic.consumer();
                    TopicIdentity identity = topic.identity()) {
                consumer = opened;
                DefinitionLog log = topic.newLog();
                while (!isClosed(Duration.ZERO) && !isAnother(identity)) {
                    look(opened, log);
                }
            } catch (WakeupException stop) {
                return;
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            } catch (KafkaException | RegistryException | CannotStart away) {
                LOG.debug("reads the definitions again", away);
                if (isClosed(LONG_PAUSE)) {
                    return;
                }
            } catch (RuntimeException unexpected) {
                // Without this thread, no later set would ever be evaluated.
                LOG.error("the published definitions cannot be read; reads them again", unexpected);
                if (isClosed(LONG_PAUSE)) {
                    return;
                }
            }
        }
    }

    /**
     * Returns whether the topic has been deleted and created again. A consumer that reads on would miss the first records
     * of the new topic, if there are as many as it has read of the old one.
     */
    private boolean isAnother(TopicIdentity identity) throws InterruptedException {
        if (System.nanoTime() - looked < LOOK.toNanos()) {
            return false;
        }
        looked = System.nanoTime();
        Uuid now = identity.id();
        if (now.equals(TopicIdentity.MISSING)) {
            createAgain(identity);
            return true;
        }
        Uuid before = id;
        id = now;
        if (before == null || before.equals(now)) {
            return false;
        }
        inherited = accepted;
        return true;
    }

    /** Streams stops without this topic, from which the conductor gets its task. */
    private synchronized void createAgain(TopicIdentity identity) throws InterruptedException {
        LOG.warn("topic {} was deleted; creates it again", topic.name());
        identity.create();
        created = System.nanoTime();
    }

    /**
     * Creates the topic again if it has been deleted.
     *
     * @return whether it is there again, after it was missing until a moment ago
     */
    public synchronized boolean restore() {
        try (TopicIdentity identity = topic.identity()) {
            if (identity.id().equals(TopicIdentity.MISSING)) {
                createAgain(identity);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (KafkaException | CannotStart away) {
            LOG.debug("topic {} cannot be created", topic.name(), away);
        }
        Long known = created;
        return known != null && System.nanoTime() - known < MOMENT.toNanos();
    }

    private void look(KafkaConsumer<String, byte[]> opened, DefinitionLog log) {
        boolean any = topic.poll(opened, log);
        Instant evaluated = accepted.latest().map(DefinitionSet::at).orElse(Instant.EPOCH);
        if (!log.latestAt().isBefore(evaluated)) {
            if (any) {
                accept(log);
            }
        } else if (any || !topic.isReadToItsEnd(opened)) {
            return; // The consumer has just begun with the first record.
        } else if (log.latestRevision() == 0) {
            refuse("topic " + topic.name() + " is empty: it was deleted. Revision " + revision()
                    + " is still evaluated. Publish the definitions again with 'segue apply'");
        } else {
            refuse("revision " + log.latestRevision() + " in topic " + topic.name() + ", of " + log.latestAt()
                    + ", is older than revision " + revision() + ", of " + evaluated
                    + ", which is evaluated: the topic was deleted. Publish the definitions again with 'segue apply'");
        }
    }

    private void accept(DefinitionLog log) {
        Instant now = clock.instant();
        String trouble = log.complaints().stream().findFirst().orElse(null);
        List<DefinitionSet> usable = published(log);
        Optional<DefinitionSet> refused;
        do {
            refused = needed(usable, now).stream()
                    .filter(set -> plans.complaint(set) != null)
                    .findFirst();
            if (refused.isPresent()) {
                DefinitionSet set = refused.get();
                usable.remove(set);
                trouble = "revision " + set.revision() + " is not evaluated: " + plans.complaint(set);
            }
        } while (refused.isPresent());
        PublishedSets sets = new PublishedSets(usable);
        sets.at(now).ifPresent(next -> {
            Plan unused = plans.of(next);
            accepted.at(now).ifPresent(before -> plans.prepare(before, next));
        });
        Instant evaluated = sets.latest().map(DefinitionSet::at).orElse(null);
        if (log.latestAt().equals(evaluated)) {
            trouble = null; // Whatever was wrong with an earlier set no longer matters.
        }
        refuse(trouble);
        accepted = sets;
    }

    /** Returns all whole sets; those of a deleted topic are kept for a day, as others are. */
    private List<DefinitionSet> published(DefinitionLog log) {
        Map<Instant, DefinitionSet> sets = new TreeMap<>();
        inherited.sets().forEach(set -> sets.put(set.at(), set));
        log.sets().sets().forEach(set -> sets.put(set.at(), set));
        return new ArrayList<>(sets.values());
    }

    private void refuse(@Nullable String trouble) {
        if (trouble != null && !trouble.equals(refusal)) {
            LOG.warn("{}", trouble);
        }
        refusal = trouble;
    }

    /** Returns the sets that a task would evaluate or keep. */
    private static List<DefinitionSet> needed(List<DefinitionSet> sets, Instant now) {
        return new PublishedSets(sets)
                .at(now)
                .map(live -> Stream.concat(Stream.of(live.live()), live.kept().stream())
                        .toList())
                .orElse(List.of());
    }

    /** Returns whether this was closed, perhaps before it had read anything. */
    public boolean isClosed() {
        return isClosed(Duration.ZERO);
    }

    private boolean isClosed(Duration pause) {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        KafkaConsumer<String, byte[]> known = consumer;
        if (known != null) {
            known.wakeup();
        }
    }
}
