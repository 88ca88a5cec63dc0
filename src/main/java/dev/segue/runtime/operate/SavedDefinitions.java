// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import dev.segue.config.Settings;
import dev.segue.event.Vocabulary;
import dev.segue.runtime.cluster.CannotStart;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the files of an installation's definitions, and hands over what was saved once no file has changed for a
 * moment. Compares contents, not times, so that no save is missed on any file system, and what is handed over is what
 * was seen unchanged.
 */
public final class SavedDefinitions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SavedDefinitions.class);
    private static final Duration PAUSE = Duration.ofMillis(200);
    /** Editors save in several steps, and checkouts write several files. */
    static final Duration QUIET = Duration.ofMillis(300);
    /** A file that is replaced may be absent for a moment, and publishing without it would end memberships. */
    static final Duration QUIET_WITHOUT_FILE = Duration.ofSeconds(1);
    /** Pause after a failure of the broker. */
    static final Duration RETRY = Duration.ofSeconds(2);

    /** Receives what was saved. */
    interface Receiver {
        /** @throws CannotStart if it must be handed over again later */
        void accept(FileContents saved);
    }

    private final Supplier<FileContents> files;
    private final Receiver receiver;
    private final LongSupplier nanoTime;
    private final Consumer<String> complaint;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "segue-saved-definitions");
    private FileContents handled;
    private FileContents seen;
    private Set<String> names;
    private long due;
    private @Nullable String said;

    /**
     * @param before the files when their definitions were last used
     * @param nanoTime a clock for spans, in nanoseconds from any origin
     * @param complaint receives a sentence for a failure, once however often it repeats
     */
    SavedDefinitions(
            FileContents before,
            Supplier<FileContents> files,
            Receiver receiver,
            LongSupplier nanoTime,
            Consumer<String> complaint) {
        this.files = files;
        this.receiver = receiver;
        this.nanoTime = nanoTime;
        this.complaint = complaint;
        this.handled = before;
        this.seen = before;
        this.names = before.names();
        thread.setDaemon(true);
    }

    /**
     * Publishes the definitions of the settings' files whenever one of them is saved.
     *
     * @param before the files that the processor has loaded
     * @param clock gives the instant at which a set is published
     * @param out receives a line for each published set, and warnings
     * @param err receives problems
     */
    public static SavedDefinitions publishing(
            FileContents before,
            Settings settings,
            Vocabulary vocabulary,
            InstantSource clock,
            PrintWriter out,
            PrintWriter err) {
        return new SavedDefinitions(
                before,
                () -> FileContents.read(settings.segments().directories()),
                new SavedPublisher(
                        before,
                        settings,
                        vocabulary,
                        () -> new PublishedDefinitions(settings),
                        () -> EventLog.open(settings).completeSince(),
                        clock,
                        out,
                        err),
                System::nanoTime,
                err::println);
    }

    public void start() {
        thread.start();
    }

    private void watch() {
        try {
            while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks at the files once. */
    void look() {
        FileContents now = files.get();
        long time = nanoTime.getAsLong();
        if (!now.equals(seen)) {
            seen = now;
            boolean lacksFile = now.trouble() != null || !now.names().containsAll(names);
            due = time + (lacksFile ? QUIET_WITHOUT_FILE : QUIET).toNanos();
        } else if (!now.equals(handled) && time - due >= 0) {
            handle(now);
        }
    }

    private void handle(FileContents saved) {
        try {
            receiver.accept(saved);
            handled = saved;
            said = null;
            if (saved.trouble() == null) {
                names = saved.names();
            }
        } catch (CannotStart failure) {
            retry(String.valueOf(failure.getMessage()));
        } catch (RuntimeException unexpected) {
            // Without this thread, no later save would ever be published.
            LOG.error("the saved definitions cannot be published", unexpected);
            retry(unexpected.toString());
        }
    }

    private void retry(String failure) {
        due = nanoTime.getAsLong() + RETRY.toNanos();
        if (!failure.equals(said) && closed.getCount() > 0) {
            said = failure;
            complaint.accept("The saved definitions are not published yet; Segue tries again by itself. " + failure);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
