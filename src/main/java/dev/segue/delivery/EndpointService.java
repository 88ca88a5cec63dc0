// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import dev.segue.runtime.Health;
import dev.segue.runtime.cluster.Failures;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that delivers to one endpoint. After a failure it begins anew: everything it knows is in Kafka. */
final class EndpointService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointService.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(30);

    private final String name;
    private final Supplier<EndpointSession> sessions;
    private final Courier courier;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile String trouble = "";
    private volatile String failure = "has not begun yet";

    /** @param sessions opens a session */
    EndpointService(String name, Courier courier, Supplier<EndpointSession> sessions) {
        this.name = name;
        this.courier = courier;
        this.sessions = sessions;
        this.thread = new Thread(this::run, "segue-deliver-" + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        Duration pause = SHORTEST_PAUSE;
        while (!isStopping()) {
            try (EndpointSession session = sessions.get()) {
                while (!isStopping()) {
                    session.step();
                    trouble = session.trouble();
                    failure = "";
                    pause = SHORTEST_PAUSE;
                }
                session.leave();
            } catch (RuntimeException broken) {
                failure = Failures.sentence(broken);
                LOG.warn("{}: begins anew in {} s: {}", name, pause.toSeconds(), failure);
                LOG.debug("{}: because of", name, broken);
                rest(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void rest(Duration pause) {
        try {
            boolean unused = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    Health.Check check() {
        String broken = failure;
        if (!broken.isEmpty()) {
            return new Health.Check("endpoint " + name, false, "does not deliver: " + broken);
        }
        String known = trouble;
        return new Health.Check("endpoint " + name, true, !known.isEmpty(), known.isEmpty() ? "takes letters" : known);
    }

    /** Asks the thread to end. */
    void stop() {
        stopping.countDown();
    }

    /** Waits for what is under way, and commits. */
    @Override
    public void close() {
        stop();
        try {
            thread.join(LONGEST_CLOSE.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        courier.close();
    }
}
