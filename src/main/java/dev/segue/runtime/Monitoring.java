// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import dev.segue.config.Settings;
import dev.segue.runtime.HttpPort.Answer;
import dev.segue.runtime.cluster.BrokerWatch;
import dev.segue.runtime.cluster.CannotStart;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the state of one instance over HTTP: {@code /health/live}, {@code /health/ready} and {@code /metrics}.
 * Opened before the application starts, so that operators can see an instance that waits for its broker.
 */
public final class Monitoring implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private static final Health.Check ALIVE = new Health.Check("process", true, "is alive");

    private final Settings settings;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();
    private @Nullable BrokerWatch broker;
    private @Nullable HttpPort port;

    public Monitoring(Settings settings) {
        this.settings = settings;
        new JvmMemoryMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
        collector.bindTo(meters);
    }

    /** The registry for the application's meters. */
    public MeterRegistry meters() {
        return meters;
    }

    /**
     * Opens the port, unless the settings disable it.
     *
     * @return the address; empty if disabled
     * @throws CannotStart if the port cannot be opened
     */
    public Optional<URI> open(Application application) {
        if (!settings.http().enabled()) {
            return Optional.empty();
        }
        BrokerWatch watch = new BrokerWatch(settings);
        HealthChecks checks = new HealthChecks(
                settings.http(),
                application::check,
                watch::trouble,
                application::checkPartitions,
                application::checkDefinitions,
                application::lag);
        HttpPort opened = HttpPort.open(
                settings.http(),
                Map.of(
                        "/health/live", () -> answer(live(application)),
                        "/health/ready", () -> answer(checks.ready()),
                        "/metrics", () -> new Answer(200, PROMETHEUS, meters.scrape())));
        watch.start();
        broker = watch;
        port = opened;
        return Optional.of(opened.address());
    }

    /**
     * As {@link #open}, for a process without a processor.
     *
     * @param checks what must hold for the process to be ready, besides the broker
     */
    public Optional<URI> openBeside(List<Supplier<Health.Check>> checks) {
        if (!settings.http().enabled()) {
            return Optional.empty();
        }
        BrokerWatch watch = new BrokerWatch(settings);
        HttpPort opened = HttpPort.open(
                settings.http(),
                Map.of(
                        "/health/live", () -> answer(new Health(List.of(ALIVE))),
                        "/health/ready", () -> answer(ready(watch, checks)),
                        "/metrics", () -> new Answer(200, PROMETHEUS, meters.scrape())));
        watch.start();
        broker = watch;
        port = opened;
        return Optional.of(opened.address());
    }

    private static Health ready(BrokerWatch watch, List<Supplier<Health.Check>> checks) {
        List<Health.Check> all = new ArrayList<>();
        all.add(HealthChecks.broker(watch.trouble()));
        checks.forEach(check -> all.add(check.get()));
        return new Health(all);
    }

    /**
     * Fails only if a restart is needed; an unreachable broker or registry does not count, because the instance waits
     * for it.
     */
    private static Health live(Application application) {
        return application.hasFailed() ? new Health(List.of(application.check())) : new Health(List.of(ALIVE));
    }

    private static Answer answer(Health health) {
        return new Answer(health.ok() ? 200 : 503, JSON, health.json() + "\n");
    }

    @Override
    public void close() {
        if (port != null) {
            port.close();
        }
        if (broker != null) {
            broker.close();
        }
        collector.close();
        meters.close();
    }
}
