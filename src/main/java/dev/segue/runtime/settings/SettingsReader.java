// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.settings;

import dev.segue.config.CollectorSettings;
import dev.segue.config.ConsoleSettings;
import dev.segue.config.CurrencySettings;
import dev.segue.config.DeliverySettings;
import dev.segue.config.DrainBudget;
import dev.segue.config.ErasureSettings;
import dev.segue.config.HttpSettings;
import dev.segue.config.IdentitySettings;
import dev.segue.config.KafkaProperties;
import dev.segue.config.LimitSettings;
import dev.segue.config.Partitioner;
import dev.segue.config.ProcessingSettings;
import dev.segue.config.ProcessingSettings.Guarantee;
import dev.segue.config.RefusedIds;
import dev.segue.config.RegistrySettings;
import dev.segue.config.SegmentSettings;
import dev.segue.config.Settings;
import dev.segue.config.StatisticsSettings;
import dev.segue.config.StoreSettings;
import dev.segue.config.TopicCompression;
import dev.segue.config.TopicNames;
import dev.segue.config.TopicSettings;
import dev.segue.event.OriginPrecedence;
import dev.segue.yaml.FileText;
import dev.segue.yaml.Problem;
import dev.segue.yaml.YamlDocuments;
import dev.segue.yaml.YamlFile;
import dev.segue.yaml.YamlMap;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads settings from YAML. Every key is optional; an unknown key is an error. */
public final class SettingsReader {
    private static final Map<String, Guarantee> GUARANTEES =
            Map.of("exactly_once", Guarantee.EXACTLY_ONCE, "at_least_once", Guarantee.AT_LEAST_ONCE);
    private static final Map<String, Partitioner> PARTITIONERS =
            Arrays.stream(Partitioner.values()).collect(Collectors.toMap(Partitioner::label, Function.identity()));
    private static final Map<String, TopicCompression> COMPRESSIONS = Arrays.stream(TopicCompression.values())
            .collect(Collectors.toMap(TopicCompression::label, Function.identity()));

    private static final Map<String, IdentitySettings.Links> LINKS = Arrays.stream(IdentitySettings.Links.values())
            .collect(Collectors.toMap(IdentitySettings.Links::label, Function.identity()));
    private static final Map<String, Boolean> SWITCH = Map.of("true", true, "false", false);
    private static final Map<String, StoreSettings.Kind> STORES =
            Map.of("rocksdb", StoreSettings.Kind.ROCKSDB, "in_memory", StoreSettings.Kind.IN_MEMORY);

    private SettingsReader() {}

    /**
     * @param file name of the file in messages
     * @param text its content; in a value, <code>${NAME}</code> or <code>${NAME:-otherwise}</code> stands for an
     *     environment variable, and <code>${file:PATH}</code> for the content of a file
     * @param environment returns the value of an environment variable, or null
     * @throws InvalidSettings with every problem, each with its place
     */
    public static Settings read(String file, String text, UnaryOperator<@Nullable String> environment)
            throws InvalidSettings {
        return read(file, text, environment, Collecting.NEVER);
    }

    /**
     * As {@link #read(String, String, UnaryOperator)}, for a program that may open the collector.
     *
     * @throws InvalidSettings also if the collector will be opened, and its mapping or its keys are missing
     */
    public static Settings read(
            String file, String text, UnaryOperator<@Nullable String> environment, Collecting collecting)
            throws InvalidSettings {
        YamlFile yaml = new YamlFile(new FileText(file, text, new ShownLines(text)));
        Optional<YamlMap> root = YamlDocuments.single(yaml)
                .flatMap(node -> YamlMap.of(
                        yaml, node, "the settings consist of names and values, such as 'application_id: shop'."));
        Settings settings =
                settings(new SettingsSection("", root.orElse(null), new SettingsSource(yaml, environment)), collecting);
        if (!yaml.problems().isEmpty()) {
            throw new InvalidSettings(Problem.inOrder(yaml.problems()).stream()
                    .map(Problem::render)
                    .toList());
        }
        return settings;
    }

    private static Settings settings(SettingsSection yaml, Collecting collecting) {
        Settings usual = Settings.defaults();
        String applicationId = yaml.text("application_id", usual.applicationId());
        String bootstrapServers = yaml.text("bootstrap_servers", usual.bootstrapServers());
        Path schemas = yaml.file("schemas", usual.schemas());
        SegmentSettings segments = SegmentSettingsReader.read(yaml.section("segments"), usual.segments());
        ZoneId zone = yaml.zone("zone", usual.zone());
        CurrencySettings currency = currency(yaml.section("currency"), usual.currency());
        OriginPrecedence origins = yaml.build(
                () -> OriginPrecedence.of(yaml.texts("origins", usual.origins().words())), usual.origins());
        SettingsSection registryYaml = yaml.section("registry");
        Path registryDirectory = registryYaml.file("directory", usual.registryDirectory());
        RegistrySettings registry = registry(registryYaml);
        TopicSettings topics = topics(yaml.section("topics"), usual.topics());
        ProcessingSettings processing = processing(yaml.section("processing"), usual.processing());
        LimitSettings limits = limits(yaml.section("limits"), usual.limits());
        HttpSettings http = http(yaml.section("http"), usual.http());
        CollectorSettings collector =
                CollectorSettingsReader.read(yaml.section("collector"), usual.collector(), collecting);
        DeliverySettings delivery = DeliverySettingsReader.read(yaml.section("delivery"), usual.delivery());
        ConsoleSettings console = ConsoleSettingsReader.read(yaml.section("console"), usual.console());
        ErasureSettings erasure = erasure(yaml.section("erasure"), usual.erasure());
        IdentitySettings identity = identity(yaml.section("identity"), usual.identity());
        StatisticsSettings statistics = statistics(yaml.section("statistics"), usual.statistics());
        KafkaProperties kafka = new KafkaProperties(yaml.section("kafka").all());
        yaml.refuseUnknown();
        return yaml.build(
                () -> new Settings(
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
                        kafka),
                usual);
    }

    private static CurrencySettings currency(SettingsSection yaml, CurrencySettings usual) {
        String shop = yaml.optionalText("shop");
        Map<String, BigDecimal> rates = yaml.section("rates").decimals();
        yaml.refuseUnknown();
        return yaml.build(() -> new CurrencySettings(shop, rates), usual);
    }

    private static @Nullable RegistrySettings registry(SettingsSection yaml) {
        RegistrySettings usual = RegistrySettings.of(URI.create("http://localhost:8081"));
        URI url = yaml.address("url");
        String username = yaml.optionalText("username");
        String password = yaml.optionalText("password");
        RegistrySettings.Credentials credentials = username == null && password == null
                ? null
                : yaml.build(
                        () -> new RegistrySettings.Credentials(
                                required(username, "registry.username"), required(password, "registry.password")),
                        null);
        var connectTimeout = yaml.duration("connect_timeout", usual.connectTimeout());
        var requestTimeout = yaml.duration("request_timeout", usual.requestTimeout());
        int attempts = yaml.number("attempts", usual.attempts());
        var backoff = yaml.duration("backoff", usual.backoff());
        var forget = yaml.duration("forget_unknown_after", usual.forgetUnknownAfter());
        int unknownIds = yaml.number("unknown_ids_per_second", usual.unknownIdsPerSecond());
        yaml.refuseUnknown();
        RegistrySettings read = yaml.build(
                () -> new RegistrySettings(
                        url == null ? usual.url() : url,
                        credentials,
                        connectTimeout,
                        requestTimeout,
                        attempts,
                        backoff,
                        forget,
                        unknownIds),
                usual);
        return url == null ? null : read;
    }

    private static String required(@Nullable String value, String key) {
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing: set both user name and password");
        }
        return value;
    }

    private static TopicSettings topics(SettingsSection yaml, TopicSettings usual) {
        TopicNames prefixed = TopicNames.prefixed(yaml.text("prefix", ""));
        TopicNames names = yaml.build(() -> names(yaml, prefixed), usual.names());
        int partitions = yaml.number("partitions", usual.partitions());
        int replicationFactor = yaml.number("replication_factor", usual.replicationFactor());
        Partitioner partitioner = yaml.choice("partitioner", PARTITIONERS, usual.partitioner());
        TopicCompression compression = yaml.choice("compression", COMPRESSIONS, usual.compression());
        var retention = yaml.duration("retention", usual.retention());
        var controlRetention = yaml.duration("control_retention", usual.controlRetention());
        yaml.refuseUnknown();
        return yaml.build(
                () -> new TopicSettings(
                        names, partitions, replicationFactor, partitioner, compression, retention, controlRetention),
                usual);
    }

    private static TopicNames names(SettingsSection yaml, TopicNames usual) {
        return new TopicNames(
                yaml.text("behavior_events", usual.behaviorEvents()),
                yaml.text("product_facts", usual.productFacts()),
                yaml.text("control", usual.control()),
                yaml.text("transfers", usual.transfers()),
                yaml.text("definitions", usual.definitions()),
                yaml.text("changes", usual.changes()),
                yaml.text("activations", usual.activations()),
                yaml.text("deliveries", usual.deliveries()),
                yaml.text("memberships", usual.memberships()),
                yaml.text("profiles", usual.profiles()),
                yaml.text("statistics", usual.statistics()),
                yaml.text("statistics_parts", usual.statisticsParts()),
                yaml.text("population", usual.population()),
                yaml.text("sessions", usual.sessions()),
                yaml.text("dead_letters", usual.deadLetters()));
    }

    private static ProcessingSettings processing(SettingsSection yaml, ProcessingSettings usual) {
        Guarantee guarantee = yaml.choice("guarantee", GUARANTEES, usual.guarantee());
        int threads = yaml.number("threads", usual.threads());
        Path state = yaml.file("state_directory", usual.stateDirectory());
        StoreSettings stores = stores(yaml, usual.stores());
        int standbys = yaml.number("standby_replicas", usual.standbyReplicas());
        var commit = yaml.duration("commit_interval", usual.commitInterval());
        var linger = yaml.duration("linger", usual.linger());
        var tick = yaml.duration("tick_interval", usual.tickInterval());
        int drainCustomers = yaml.number("drain_customers", usual.drain().customers());
        var drainTime = yaml.duration("drain_time", usual.drain().time());
        DrainBudget drain = yaml.build(() -> new DrainBudget(drainCustomers, drainTime), usual.drain());
        var patience = yaml.duration("start_patience", usual.startPatience());
        yaml.refuseUnknown();
        return yaml.build(
                () -> new ProcessingSettings(
                        guarantee, threads, state, stores, standbys, commit, linger, tick, drain, patience),
                usual);
    }

    private static StoreSettings stores(SettingsSection yaml, StoreSettings usual) {
        StoreSettings.Kind kind = yaml.choice("store", STORES, usual.kind());
        int memory = yaml.number("store_memory_mib", usual.memoryMebibytes());
        int writeCache = yaml.number("write_cache_mib", usual.writeCacheMebibytes());
        int stateCache = yaml.number("state_cache_mib", usual.stateCacheMebibytes());
        int diskReserve = yaml.number("disk_reserve_mib", usual.diskReserveMebibytes());
        return yaml.build(() -> new StoreSettings(kind, memory, writeCache, stateCache, diskReserve), usual);
    }

    private static LimitSettings limits(SettingsSection yaml, LimitSettings usual) {
        int longestId = yaml.number("customer_id_bytes", usual.customerIdBytes());
        var ahead = yaml.duration("ahead", usual.ahead());
        Instant earliest = yaml.instant("earliest", usual.earliest());
        int dedupWindow = yaml.number("dedup_window", usual.dedupWindow());
        int stateBytes = yaml.number("state_bytes", usual.stateBytes());
        List<String> refusedIds =
                yaml.texts("refused_ids", List.copyOf(usual.refusedIds().texts()));
        RefusedIds refused = yaml.build(() -> RefusedIds.of(refusedIds), usual.refusedIds());
        yaml.refuseUnknown();
        return yaml.build(() -> new LimitSettings(longestId, ahead, earliest, dedupWindow, stateBytes, refused), usual);
    }

    private static HttpSettings http(SettingsSection yaml, HttpSettings usual) {
        boolean enabled = yaml.choice("enabled", SWITCH, usual.enabled());
        String host = yaml.text("host", usual.host());
        int port = yaml.number("port", usual.port());
        var clockBehind = yaml.duration("clock_behind", usual.clockBehind());
        var drainBehind = yaml.duration("drain_behind", usual.drainBehind());
        yaml.refuseUnknown();
        return yaml.build(() -> new HttpSettings(enabled, host, port, clockBehind, drainBehind), usual);
    }

    private static IdentitySettings identity(SettingsSection yaml, IdentitySettings usual) {
        var links = yaml.choice("links", LINKS, usual.links());
        int mostIds = yaml.number("most_ids", usual.mostIds());
        int newIdsPerDay = yaml.number("new_ids_per_day", usual.newIdsPerDay());
        yaml.refuseUnknown();
        return yaml.build(() -> new IdentitySettings(links, mostIds, newIdsPerDay), usual);
    }

    private static StatisticsSettings statistics(SettingsSection yaml, StatisticsSettings usual) {
        boolean enabled = yaml.choice("enabled", SWITCH, usual.enabled());
        var interval = yaml.duration("interval", usual.interval());
        Instant since = yaml.instant("since", usual.since());
        var keepHours = yaml.duration("keep_hours", usual.keepHours());
        var keepDays = yaml.duration("keep_days", usual.keepDays());
        int mostNames = yaml.number("most_names", usual.mostNames());
        yaml.refuseUnknown();
        return yaml.build(
                () -> new StatisticsSettings(enabled, interval, since, keepHours, keepDays, mostNames), usual);
    }

    private static ErasureSettings erasure(SettingsSection yaml, ErasureSettings usual) {
        String salt = yaml.text("salt", usual.salt());
        var keepOut = yaml.duration("keep_out", usual.keepOut());
        var localFiles = yaml.duration("local_files", usual.localFiles());
        yaml.refuseUnknown();
        return yaml.build(() -> new ErasureSettings(salt, keepOut, localFiles), usual);
    }
}
