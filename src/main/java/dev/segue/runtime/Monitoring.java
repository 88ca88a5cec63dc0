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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What operators see of one instance: {@code /health/live}, {@code /health/ready} and {@code /metrics} over HTTP. Opened
 * before the application starts, so that a start that waits for a broker can be seen waiting.
 */
public final class Monitoring implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

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

    /** Where an application is to count. */
    public MeterRegistry meters() {
        return meters;
    }

    /**
     * Listens, unless the settings say not to.
     *
     * @return the address; empty where there is none
     * @throws CannotStart where the address cannot be listened on
     */
    public Optional<URI> open(Application application) {
        if (!settings.http().enabled()) {
            return Optional.empty();
        }
        BrokerWatch watch = new BrokerWatch(settings);
        HealthChecks checks = new HealthChecks(
                settings.http(), application::check, watch::trouble, application::checkPartitions, application::lag);
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

    /** A broker or a registry that is away is waited for; only what a new start can mend makes this red. */
    private static Health live(Application application) {
        return application.hasFailed()
                ? new Health(List.of(application.check()))
                : new Health(List.of(new Health.Check("process", true, "is alive")));
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
