// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import dev.segue.config.ConsoleSettings;
import dev.segue.config.Settings;
import dev.segue.console.index.ClusterIndex;
import dev.segue.console.page.ConsoleData;
import dev.segue.runtime.HttpListener;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.event.InvalidSchemas;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.http.UriCompliance;

/** The web console of a cluster, from its opening until it is closed. */
public final class Console implements AutoCloseable {
    private static final int THREADS = 12;

    /** The request line and all headers, in bytes. */
    private static final int LONGEST_HEAD = 16 * 1024;

    private static final Duration IDLE = Duration.ofSeconds(30);

    /** Names and ids may contain slashes and percent signs, or be dots; paths are divided before they are decoded. */
    private static final UriCompliance ANY_NAME = UriCompliance.from(Set.of(
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
            UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
            UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT));

    private final HttpListener listener;
    private final LiveStreams streams;
    private final Runnable closeData;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Console(HttpListener listener, LiveStreams streams, Runnable closeData) {
        this.listener = listener;
        this.streams = streams;
        this.closeData = closeData;
    }

    /**
     * Opens the port and begins to read the cluster, which need not be there yet.
     *
     * @param clock by which the data is dated
     * @throws CannotStart if the port or the file of tokens cannot be used
     * @throws InvalidSchemas with every problem of the event schemas
     */
    public static Console open(Settings settings, InstantSource clock) throws InvalidSchemas {
        EventSchemas schemas = EventSchemas.read(settings.schemas().resolve("events"));
        ClusterIndex index = ClusterIndex.open(settings, schemas, clock);
        boolean opened = false;
        try {
            Console console = open(settings.console(), index, index::close);
            opened = true;
            return console;
        } finally {
            if (!opened) {
                index.close();
            }
        }
    }

    /**
     * Opens the port over any data.
     *
     * @param closeData called when the console has been closed
     */
    static Console open(ConsoleSettings settings, ConsoleData data, Runnable closeData) {
        return open(settings, data, Map.of(), closeData);
    }

    /** @param more further screens */
    static Console open(ConsoleSettings settings, ConsoleData data, Map<String, Screen> more, Runnable closeData) {
        Logins logins = new Logins(settings);
        Rendering rendering = new Rendering(data);
        LiveStreams streams = new LiveStreams();
        Map<String, Screen> screens = new HashMap<>(screens(settings, rendering, logins));
        screens.putAll(more);
        HttpListener listener = new HttpListener(
                "segue-console",
                new HttpListener.Limits(THREADS, settings.connections(), LONGEST_HEAD, IDLE),
                new ConsoleHandler(new HostCheck(settings), logins, rendering, screens, streams));
        listener.protocol().setUriCompliance(ANY_NAME);
        listener.open(
                new HttpListener.Place(settings.host(), settings.port(), "'console.host'", "under 'console.port'"));
        listener.repeat(LiveStreams.PAUSE, streams::flush);
        return new Console(listener, streams, closeData);
    }

    private static Map<String, Screen> screens(ConsoleSettings settings, Rendering rendering, Logins logins) {
        URI url = settings.publicUrl();
        boolean isSecure = url != null && "https".equals(url.getScheme());
        return Map.of(
                "", new SegmentsScreen(rendering),
                "segments", new SegmentScreen(rendering),
                "customers", new CustomerScreen(rendering),
                "triggers", new TriggerScreen(rendering),
                "statistics", new StatisticsScreen(rendering),
                "health", new HealthScreen(rendering),
                "freshness", new FreshnessScreen(rendering),
                "login", new LoginScreen(rendering, logins, new AttemptLimit(System::nanoTime), isSecure));
    }

    /** The address of the open port, without a slash at the end. */
    public URI address() {
        return listener.address();
    }

    /** Waits until it is closed. */
    public void awaitClosed() throws InterruptedException {
        closed.await();
    }

    @Override
    public void close() {
        streams.close();
        listener.close();
        closeData.run();
        closed.countDown();
    }
}
