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
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
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
    private static final Duration VISIBLE = Duration.ofSeconds(30);

    private final DefinitionTopic topic;
    private final Plans plans;
    private final InstantSource clock;
    private volatile PublishedSets accepted = new PublishedSets(List.of());
    private volatile @Nullable String refusal;
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
        return latestAccepted();
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
            try (KafkaConsumer<String, byte[]> opened = topic.consumer()) {
                consumer = opened;
                DefinitionLog log = topic.newLog();
                while (!isClosed(Duration.ZERO)) {
                    if (topic.poll(opened, log) && log.latestRevision() >= latestAccepted()) {
                        accept(log);
                    }
                }
            } catch (WakeupException stop) {
                return;
            } catch (KafkaException | RegistryException away) {
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

    private long latestAccepted() {
        return accepted.latest().map(DefinitionSet::revision).orElse(0L);
    }

    private void accept(DefinitionLog log) {
        Instant now = clock.instant();
        String trouble = log.complaints().stream().findFirst().orElse(null);
        List<DefinitionSet> usable = new ArrayList<>(log.sets().sets());
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
        long evaluated = sets.latest().map(DefinitionSet::revision).orElse(0L);
        if (evaluated > 0 && evaluated == log.latestRevision()) {
            trouble = null; // Whatever was wrong with an earlier set no longer matters.
        }
        if (log.isReplaced()) {
            trouble = "topic " + topic.name()
                    + " was deleted and has begun anew with revision 1; tasks go on with revision " + evaluated
                    + " until 'segue reset'";
        }
        if (trouble != null && !trouble.equals(refusal)) {
            LOG.warn("{}", trouble);
        }
        refusal = trouble;
        accepted = sets;
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
