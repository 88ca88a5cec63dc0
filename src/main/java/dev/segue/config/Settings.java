// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import dev.segue.event.OriginPrecedence;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a processor.
 *
 * @param applicationId names the processor in the cluster; instances with equal ids share the work
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param schemas the directory with {@code events/*.avsc}, the vocabulary
 * @param segments the definitions and the settings that apply to them
 * @param zone the default time zone: for hours and weekdays of events without a zone, and for dates of customers whose
 *     profile has no zone
 * @param currency the currency that amounts are converted to
 * @param origins the order in which origins of profile data prevail
 * @param registry the server that assigns schema ids; null for a directory, which works on one machine only
 * @param registryDirectory the directory of schemas if {@code registry} is null; created when needed
 * @param kafka any property of Kafka's clients or of Kafka Streams, as Kafka spells it; overrides the values that Segue
 *     sets
 */
public record Settings(
        String applicationId,
        String bootstrapServers,
        Path schemas,
        SegmentSettings segments,
        ZoneId zone,
        CurrencySettings currency,
        OriginPrecedence origins,
        @Nullable RegistrySettings registry,
        Path registryDirectory,
        TopicSettings topics,
        ProcessingSettings processing,
        LimitSettings limits,
        HttpSettings http,
        CollectorSettings collector,
        DeliverySettings delivery,
        ConsoleSettings console,
        ErasureSettings erasure,
        IdentitySettings identity,
        StatisticsSettings statistics,
        KafkaProperties kafka) {

    /** @throws IllegalArgumentException if a value is invalid; the message names it */
    public Settings {
        Checks checks = new Checks();
        checks.that(
                applicationId.matches("[A-Za-z0-9._-]{1,100}"),
                "application_id must be 1 to 100 letters, digits, dots, dashes or underscores, not '%s'",
                applicationId);
        checks.that(!bootstrapServers.isBlank(), "bootstrap_servers must name at least one host:port");
        checks.end();
    }

    /** The defaults: a broker on this machine, schemas in a directory. */
    public static Settings defaults() {
        return new Settings(
                "segue",
                "localhost:9092",
                Path.of("schemas"),
                SegmentSettings.defaults(),
                ZoneId.of("UTC"),
                CurrencySettings.none(),
                OriginPrecedence.usual(),
                null,
                Path.of("data", "registry"),
                TopicSettings.defaults(),
                ProcessingSettings.defaults(),
                LimitSettings.defaults(),
                HttpSettings.defaults(),
                CollectorSettings.defaults(),
                DeliverySettings.defaults(),
                ConsoleSettings.defaults(),
                ErasureSettings.defaults(),
                IdentitySettings.defaults(),
                StatisticsSettings.defaults(),
                new KafkaProperties(Map.of()));
    }

    public Settings withApplicationId(String value) {
        return with(copy -> copy.applicationId = value);
    }

    public Settings withBootstrapServers(String value) {
        return with(copy -> copy.bootstrapServers = value);
    }

    public Settings withPlaces(Path newSchemas, SegmentSettings newSegments, Path newRegistryDirectory) {
        return with(copy -> {
            copy.schemas = newSchemas;
            copy.segments = newSegments;
            copy.registryDirectory = newRegistryDirectory;
        });
    }

    public Settings withSegments(SegmentSettings value) {
        return with(copy -> copy.segments = value);
    }

    /** A copy with a schema registry server; null for the directory. */
    public Settings withRegistry(@Nullable RegistrySettings value) {
        return with(copy -> copy.registry = value);
    }

    public Settings withTopics(TopicSettings value) {
        return with(copy -> copy.topics = value);
    }

    public Settings withProcessing(ProcessingSettings value) {
        return with(copy -> copy.processing = value);
    }

    public Settings withKafka(Map<String, String> value) {
        return with(copy -> copy.kafka = new KafkaProperties(value));
    }

    public Settings withHttp(HttpSettings value) {
        return with(copy -> copy.http = value);
    }

    public Settings withCollector(CollectorSettings value) {
        return with(copy -> copy.collector = value);
    }

    public Settings withDelivery(DeliverySettings value) {
        return with(copy -> copy.delivery = value);
    }

    public Settings withConsole(ConsoleSettings value) {
        return with(copy -> copy.console = value);
    }

    public Settings withStatistics(StatisticsSettings value) {
        return with(copy -> copy.statistics = value);
    }

    private Settings with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.settings();
    }

    /** The components of other settings, to be changed one by one. */
    private static final class Copy {
        private String applicationId;
        private String bootstrapServers;
        private Path schemas;
        private SegmentSettings segments;
        private ZoneId zone;
        private CurrencySettings currency;
        private OriginPrecedence origins;
        private @Nullable RegistrySettings registry;
        private Path registryDirectory;
        private TopicSettings topics;
        private ProcessingSettings processing;
        private LimitSettings limits;
        private HttpSettings http;
        private CollectorSettings collector;
        private DeliverySettings delivery;
        private ConsoleSettings console;
        private ErasureSettings erasure;
        private IdentitySettings identity;
        private StatisticsSettings statistics;
        private KafkaProperties kafka;

        Copy(Settings from) {
            applicationId = from.applicationId;
            bootstrapServers = from.bootstrapServers;
            schemas = from.schemas;
            segments = from.segments;
            zone = from.zone;
            currency = from.currency;
            origins = from.origins;
            registry = from.registry;
            registryDirectory = from.registryDirectory;
            topics = from.topics;
            processing = from.processing;
            limits = from.limits;
            http = from.http;
            collector = from.collector;
            delivery = from.delivery;
            console = from.console;
            erasure = from.erasure;
            identity = from.identity;
            statistics = from.statistics;
            kafka = from.kafka;
        }

        Settings settings() {
            return new Settings(
                    applicationId,
                    bootstrapServers,
                    schemas,
                    segments,
                    zone,
                    currency,
                    origins,
                    registry,
                    registryDirectory,
                    topics,
                    processing,
                    limits,
                    http,
                    collector,
                    delivery,
                    console,
                    erasure,
                    identity,
                    statistics,
                    kafka);
        }
    }
}
