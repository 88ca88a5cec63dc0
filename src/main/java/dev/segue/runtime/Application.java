package dev.segue.runtime;

import dev.segue.config.Settings;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.topology.Counts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** One running instance of the processor. */
public final class Application implements AutoCloseable {

    private final Settings settings;
    private final InstantSource clock;

    private Application(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Reads schemas and definitions and connects to nothing yet.
     *
     * @param clock what the conductor writes into ticks and changes carry as {@code detected_at}
     * @throws InvalidDefinitions with every problem of all definitions
     * @throws CannotStart where schemas or the registry's directory cannot be read
     */
    public static Application load(Settings settings, InstantSource clock) throws InvalidDefinitions {
        return new Application(settings, clock);
    }

    /**
     * Waits for the broker as long as the settings' patience, creates or checks the topics, and starts. Returns before
     * all partitions are assigned; see {@link #awaitRunning}.
     *
     * @throws CannotStart where there is no broker, or topics are not as they must be
     */
    public void start() {
        if (clock.millis() < 0) {
            throw new CannotStart(settings.applicationId() + " starts before 1970.");
        }
    }

    /** Whether every partition of this instance was assigned and restored within the time given. */
    public boolean awaitRunning(Duration patience) throws InterruptedException {
        return true;
    }

    /**
     * Waits until the application has stopped, by {@link #close} or by a failure.
     *
     * @throws CannotStart with one sentence where a failure stopped it
     */
    public void awaitStopped() throws InterruptedException {}

    /** What this instance has done so far. */
    public Counts counts() {
        return new Counts(0, 0, 0, Map.of(), 0, 0, 0, 0, 0, 0, 0);
    }

    /** Stops cleanly: commits what was done, keeps local state. May be called twice. */
    @Override
    public void close() {}
}
