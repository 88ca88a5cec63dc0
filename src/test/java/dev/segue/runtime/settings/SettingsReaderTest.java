// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.segue.config.ClientSettings;
import dev.segue.config.DrainBudget;
import dev.segue.config.ErasureSettings;
import dev.segue.config.HttpSettings;
import dev.segue.config.ProcessingSettings.Guarantee;
import dev.segue.config.SegmentSettings;
import dev.segue.config.Settings;
import dev.segue.config.StoreSettings;
import dev.segue.config.TopicCompression;
import dev.segue.config.WidthSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    private static final String SAID = """
            application_id: shop
            zone: Europe/Berlin
            bootstrap_servers: ${HOST}
            registry:
              url: https://registry:8443/apis/ccompat/v7
              username: segue
              password: ${PASSWORD}
              request_timeout: 250ms
            topics:
              prefix: test.
              changes: my-changes
              partitions: 12
              replication_factor: 3
              compression: none
            processing:
              guarantee: at_least_once
              store: in_memory
              drain_customers: 7
              drain_time: 3ms
            limits:
              ahead: 2m
              dedup_window: 256
              earliest: 1998-07-01
              refused_ids: [Test, 'NULL']
            currency:
              shop: eur
              rates: {USD: 0.92, jpy: 0.0061}
            http:
              enabled: false
              host: 0.0.0.0
              port: 9090
              clock_behind: 1m
              drain_behind: 2m
            erasure:
              salt: ${PASSWORD}
              keep_out: 0s
              local_files: 30d
            kafka:
              security.protocol: SSL
              producer.linger.ms: 20
            """;

    private static final Map<String, String> ENVIRONMENT = Map.of("PASSWORD", "s3cr$t", "HOST", "kafka-1:9092");

    @Test
    void emptyFileMeansDefaults() throws Exception {
        assertThat(read("")).isEqualTo(Settings.defaults());
        assertThat(read("# nothing\n")).isEqualTo(Settings.defaults());
    }

    @Test
    void commentedExampleMeansDefaults() throws Exception {
        assertThat(read(example())).isEqualTo(Settings.defaults());
    }

    /**
     * Together with the test above (which refuses unknown keys), this shows that the example has exactly the existing
     * settings.
     */
    @Test
    void exampleContainsEverySetting() throws Exception {
        TreeSet<String> documented = new TreeSet<>();
        Matcher keys = Pattern.compile("(?m)^ *([a-z_]+):").matcher(example());
        while (keys.find()) {
            documented.add(keys.group(1));
        }
        List<String> components = new ArrayList<>();
        for (Class<?> type : List.of(
                Settings.class,
                dev.segue.config.SegmentSettings.class,
                dev.segue.config.WidthSettings.class,
                dev.segue.config.CurrencySettings.class,
                dev.segue.config.TopicSettings.class,
                dev.segue.config.TopicNames.class,
                dev.segue.config.ProcessingSettings.class,
                dev.segue.config.LimitSettings.class)) {
            for (var component : type.getRecordComponents()) {
                components.add(component.getName());
            }
        }
        components.removeAll(List.of("names", "registryDirectory", "drain", "stores"));
        List<String> spelt = components.stream()
                .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .map(name -> name.replace("mebibytes", "mib"))
                .toList();
        assertThat(documented)
                .containsAll(spelt)
                .contains(
                        "drain_customers",
                        "drain_time",
                        "store",
                        "store_memory_mib",
                        "disk_reserve_mib",
                        "url",
                        "directory",
                        "prefix");
    }

    @Test
    void readsEverySetting() throws Exception {
        Settings settings = read(SAID);
        assertThat(settings.applicationId()).isEqualTo("shop");
        assertThat(settings.bootstrapServers()).isEqualTo("kafka-1:9092");
        assertThat(settings.registry()).isNotNull();
        assertThat(settings.registry().requestTimeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.registry().credentials().password()).isEqualTo("s3cr$t");
        assertThat(settings.topics().names().changes()).isEqualTo("my-changes");
        assertThat(settings.topics().names().behaviorEvents()).isEqualTo("test.behavior-events");
        assertThat(settings.topics().partitions()).isEqualTo(12);
        assertThat(settings.topics().replicationFactor()).isEqualTo(3);
        assertThat(settings.topics().compression()).isEqualTo(TopicCompression.NONE);
        assertThat(settings.processing().guarantee()).isEqualTo(Guarantee.AT_LEAST_ONCE);
        assertThat(settings.processing().stores().kind()).isEqualTo(StoreSettings.Kind.IN_MEMORY);
        assertThat(settings.processing().drain()).isEqualTo(new DrainBudget(7, Duration.ofMillis(3)));
        assertThat(settings.limits().ahead()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.limits().dedupWindow()).isEqualTo(256);
        assertThat(settings.limits().earliest()).isEqualTo(Instant.parse("1998-07-01T00:00:00Z"));
        assertThat(settings.limits().refusedIds().texts()).containsExactlyInAnyOrder("test", "null");
        assertThat(settings.currency().shop()).isEqualTo("EUR");
        assertThat(settings.currency().rates())
                .isEqualTo(Map.of("USD", new BigDecimal("0.92"), "JPY", new BigDecimal("0.0061")));
        assertThat(settings.http())
                .isEqualTo(new HttpSettings(false, "0.0.0.0", 9090, Duration.ofMinutes(1), Duration.ofMinutes(2)));
        assertThat(settings.erasure()).isEqualTo(new ErasureSettings("s3cr$t", Duration.ZERO, Duration.ofDays(30)));
        assertThat(settings.toString()).doesNotContain("s3cr$t");
        assertThat(settings.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(settings.kafka().values())
                .containsExactlyInAnyOrderEntriesOf(Map.of("security.protocol", "SSL", "producer.linger.ms", "20"));
    }

    @Test
    void readsSecretFromFileAndNeverPrintsIt(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), "s3cr$t \\ ${file:x}\n");
        Settings settings = read("kafka: {sasl.jaas.config: 'password=\"${file:" + file + "}\";'}");
        assertThat(settings.kafka().values())
                .containsExactlyEntriesOf(Map.of("sasl.jaas.config", "password=\"s3cr$t \\ ${file:x}\";"));
        assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain("s3cr$t");
        assertThat(new ClientSettings("h:1", settings.kafka().values()).toString())
                .contains("sasl.jaas.config")
                .doesNotContain("s3cr$t");
    }

    @Test
    void namesMissingFile() {
        assertThat(problems("application_id: a\nerasure: {salt: '${file:/nowhere/salt}'}\n"))
                .containsExactly("segue.yaml:2:18: there is no file '/nowhere/salt'");
    }

    @Test
    void reportsUnknownSettingWithLineAndSuggestion() {
        assertThat(problems("application_id: a\nprocessing:\n  treads: 2\n"))
                .containsExactly("segue.yaml:3:3: unknown key 'treads'. Did you mean 'threads'?");
        assertThat(problems("zzzzzz: 1\n"))
                .singleElement()
                .asString()
                .startsWith("segue.yaml:1:1: unknown key 'zzzzzz'. Known names: application_id, ");
        assertThat(problems("topics:\n  partition: 3\n  retentoin: 3d\n"))
                .containsExactly(
                        "segue.yaml:2:3: unknown key 'partition'. Did you mean 'partitions'?",
                        "segue.yaml:3:3: unknown key 'retentoin'. Did you mean 'retention'?");
    }

    @Test
    void reportsAllMistakesInOrderOfLine() {
        assertThat(problems("""
                                topics:
                                  partitions: many
                                  retention: 7 days
                                processing:
                                  threads: 0
                                  store: disk
                                registry:
                                  url: http://r
                                  username: me
                                limits: 5
                                kafka:
                                  sasl.jaas.config: ${NOT_SET}
                                """))
                .containsExactly(
                        "segue.yaml:2:15: 'topics.partitions': 'many' is not a whole number",
                        "segue.yaml:3:14: 'topics.retention': '7 days' is not a duration. Write a whole number and one unit of ms, s, m, h, d, w,"
                                + " such as '30m'. Did you mean '7d'?",
                        "segue.yaml:5:12: processing.threads must be from 1 to 256, not 0",
                        "segue.yaml:6:10: 'processing.store': 'disk' is not one of in_memory, rocksdb.",
                        "segue.yaml:7:1: registry.password is missing: set both user name and password",
                        "segue.yaml:10:9: 'limits' takes names and values, one 'name: value' per line.",
                        "segue.yaml:12:21: the environment variable 'NOT_SET' is not set");
    }

    @Test
    void limitsAreInclusive() throws Exception {
        assertThat(read("limits: {ahead: 1s}").limits().ahead()).isEqualTo(Duration.ofSeconds(1));
        assertThat(problems("limits: {ahead: 999ms}"))
                .containsExactly("segue.yaml:1:17: limits.ahead must be from 1s to 1d, not 999ms");
        assertThat(read("limits: {ahead: 1d}").limits().ahead()).isEqualTo(Duration.ofDays(1));
        assertThat(problems("limits: {ahead: 25h}")).hasSize(1);
        assertThat(read("limits: {dedup_window: 1}").limits().dedupWindow()).isEqualTo(1);
        assertThat(problems("limits: {dedup_window: 0}"))
                .containsExactly("segue.yaml:1:24: limits.dedup_window must be from 1 to 256, not 0");
        assertThat(problems("limits: {dedup_window: 257}")).hasSize(1);
    }

    @Test
    void limitsHttpPort() throws Exception {
        assertThat(read("http: {port: 65535}").http().port()).isEqualTo(65_535);
        assertThat(problems("http: {port: 65536}"))
                .containsExactly("segue.yaml:1:14: http.port must be from 0 to 65535, not 65536");
        assertThat(problems("http: {clock_behind: 999ms}"))
                .containsExactly("segue.yaml:1:22: http.clock_behind must be from 1s to 1d, not 999ms");
        assertThat(problems("http: {drain_behind: 25h}")).hasSize(1);
        assertThat(problems("http: {enabled: perhaps}"))
                .containsExactly("segue.yaml:1:17: 'http.enabled': 'perhaps' is not one of false, true.");
        assertThat(problems("http: {host: 'a b'}"))
                .containsExactly("segue.yaml:1:14: http.host must be an address or a host's name, not 'a b'");
    }

    @Test
    void refusesUnknownTimeZone() {
        assertThat(problems("zone: Europe/Atlantis"))
                .containsExactly(
                        "segue.yaml:1:7: 'zone': 'Europe/Atlantis' is not a time zone such as Europe/Berlin, UTC or +05:30");
    }

    @Test
    void readsEarliestAsDateOrInstant() throws Exception {
        assertThat(read("limits: {earliest: '1970-01-01T00:00:00Z'}").limits().earliest())
                .isEqualTo(Instant.EPOCH);
        assertThat(problems("limits: {earliest: '1969-12-31T23:59:59.999Z'}"))
                .containsExactly(
                        "segue.yaml:1:20: limits.earliest must not be before 1970-01-01, not 1969-12-31T23:59:59.999Z");
        assertThat(problems("limits: {earliest: 1.1.2000}"))
                .containsExactly(
                        "segue.yaml:1:20: 'limits.earliest': '1.1.2000' is neither a date such as 2000-01-01 nor"
                                + " an instant such as 2000-01-01T00:00:00Z");
    }

    @Test
    void refusesDuplicateKey() {
        assertThat(problems("application_id: a\napplication_id: b\n"))
                .containsExactly(
                        "segue.yaml:2:1: the key 'application_id' is defined twice, first in line 1. Keep one of them.");
    }

    @Test
    void refusesTwoTopicsWithSameName() {
        assertThat(problems("topics: {changes: same, profiles: same}"))
                .containsExactly("segue.yaml:1:1: two topics are called 'same'");
    }

    @Test
    void readsSegmentSettings() throws Exception {
        SegmentSettings segments = read("""
                segments:
                  directories: [segments, "/etc/segue/${HOST}"]
                  overrides:
                    cart-abandoned: {quiet: 30m, gives_up: "${PASSWORD}"}
                    usage-level:
                      heavy: 7
                  width: {after_customers: 50, nearly_everybody: 0.5}
                """).segments();
        assertThat(segments.directories()).containsExactly(Path.of("segments"), Path.of("/etc/segue/kafka-1:9092"));
        assertThat(segments.width()).isEqualTo(new WidthSettings(50, 0.5));
        assertThat(segments.overrides())
                .extracting(
                        override -> override.segment().text(),
                        override -> override.param().text(),
                        override -> override.value().text(),
                        override -> override.value().place())
                .containsExactly(
                        tuple("cart-abandoned", "quiet", "30m", "segue.yaml:4:29"),
                        tuple("cart-abandoned", "gives_up", "s3cr$t", "segue.yaml:4:44"),
                        tuple("usage-level", "heavy", "7", "segue.yaml:6:14"));
        assertThat(segments.overrides().get(2).param().place()).isEqualTo("segue.yaml:6:7");
        assertThat(segments.overrides().get(2).segment().sourceLine()).isEqualTo("    usage-level:");
    }

    @Test
    void readsSingleDirectoryWithoutList() throws Exception {
        assertThat(read("segments: {directories: mine}").segments().directories())
                .containsExactly(Path.of("mine"));
    }

    @Test
    void reportsAllMistakesOfSegments() {
        assertThat(problems("""
                        segments:
                          directories: []
                          override: {}
                          width: {after_customers: -1}
                        """))
                .containsExactly(
                        "segue.yaml:2:3: segments.directories must name at least one directory",
                        "segue.yaml:3:3: unknown key 'override'. Did you mean 'overrides'?",
                        "segue.yaml:4:28: segments.width.after_customers must be from 0 to 2147483647, not -1");
        assertThat(problems("segments: segments"))
                .containsExactly("segue.yaml:1:11: 'segments' takes names and values, one 'name: value' per line.");
        assertThat(problems("segments: {overrides: [cart-abandoned]}"))
                .singleElement()
                .asString()
                .startsWith(
                        "segue.yaml:1:23: 'overrides' takes names and values, one 'name: value' per line, not a list.");
        assertThat(problems("""
                        segments:
                          overrides:
                            one: 30m
                            two: {quiet: [1h], quiet: 2h, other: }
                        """))
                .containsExactly(
                        "segue.yaml:3:10: 'one' takes names and values, one 'name: value' per line.",
                        "segue.yaml:4:18: 'quiet' must be one value, not a list or a map.",
                        "segue.yaml:4:24: the key 'quiet' is defined twice, first in line 4. Keep one of them.",
                        "segue.yaml:4:41: the param has no value. Write true, false, a number or a text.");
    }

    @Test
    void widthLimitsAreInclusive() throws Exception {
        assertThat(width("0.5").nearlyEverybody()).isEqualTo(0.5);
        assertThat(width("1").nearlyEverybody()).isEqualTo(1.0);
        for (String wrong : List.of("0.49", "1.01", "NaN")) {
            assertThat(problems("segments: {width: {nearly_everybody: " + wrong + "}}"))
                    .containsExactly(
                            "segue.yaml:1:38: segments.width.nearly_everybody must be from 0.5 to 1, not " + wrong);
        }
        assertThat(problems("segments: {width: {nearly_everybody: most}}"))
                .containsExactly(
                        "segue.yaml:1:38: 'segments.width.nearly_everybody': 'most' is not a number such as 0.95");
    }

    private static WidthSettings width(String share) throws InvalidSettings {
        return read("segments: {width: {nearly_everybody: " + share + "}}")
                .segments()
                .width();
    }

    @Test
    void whatIsNotYamlSaysWhere() {
        assertThat(problems("a: [1\nb: 2\n"))
                .singleElement()
                .asString()
                .isEqualTo("segue.yaml:2:2: a ',' or the closing ']' is missing before this.");
    }

    @Test
    void showsTheLineWithACaret() {
        assertThatThrownBy(() -> read("topics:\n  partitions: many\n")).hasMessage("""
                segue.yaml:2:15: 'topics.partitions': 'many' is not a whole number
                  |   partitions: many
                  |               ^""");
    }

    @Test
    void allowsOneDocumentOfPlainYaml() {
        assertThat(problems("zone: UTC\n---\nzone: UTC\n"))
                .containsExactly("segue.yaml:3:1: a second document begins here. Keep one of them per file.");
        assertThat(problems("http: &h {port: 1}\nlimits: *h\n")).hasSize(2);
        assertThat(problems("http: {port: !!int 1}\n"))
                .containsExactly("segue.yaml:1:14: YAML tags are not allowed. Remove it.");
        assertThat(problems("- zone\n"))
                .containsExactly("segue.yaml:1:1: the settings consist of names and values, such as"
                        + " 'application_id: shop'.");
    }

    @Test
    void aFileHasALimitAndMayBeginWithAMark() throws Exception {
        int limit = 1024 * 1024;
        assertThat(read("\ufeff# nothing\n")).isEqualTo(Settings.defaults());
        assertThat(read("#".repeat(limit))).isEqualTo(Settings.defaults());
        assertThat(problems("#".repeat(limit + 1)))
                .containsExactly("segue.yaml:1:1: the file has 1048577 characters; the limit is 1048576.");
    }

    @Test
    void noMessageShowsASecret() {
        for (String wrong : List.of(
                "registry: {username: s3cret, url: [x]}\n",
                "zone: UTC\n  password: s3cret\n",
                "zone: UTC\n  password: x: s3cret: x\n",
                "zone: UTC\nregistry: {password: 's3cret\n",
                "erasure:\n  salt: a: s3cret\n",
                "erasure: {salt: !s3cret}\n",
                "erasure: {salt: &s3cret}\n",
                "erasure: {salt: *s3cret}\n",
                "kafka:\n  sasl.jaas.config: 'a' s3cret\n",
                "kafka:\n  ssl.keystore.key: |\n    BEGIN\n  s3cret\n",
                "kafka:\n  ssl.keystore.key: |\n    BEGIN\ns3cret\n",
                "kafak:\n  a: \"s3cret\\q\"\n",
                "kafka:\n  a: `s3cret`\n",
                "kafka:\n  a: \"\u0001 s3cret\"\n",
                "kafka:\n  a:s3cret\n")) {
            assertThatThrownBy(() -> read(wrong))
                    .as(wrong)
                    .isInstanceOf(InvalidSettings.class)
                    .message()
                    .startsWith("segue.yaml:")
                    .doesNotContain("s3cret");
        }
    }

    private static Settings read(String text) throws InvalidSettings {
        return SettingsReader.read("segue.yaml", text, ENVIRONMENT::get);
    }

    /** Returns the first line of each problem: place and message. */
    private static List<String> problems(String text) {
        List<String> problems = new ArrayList<>();
        assertThatThrownBy(() -> read(text))
                .asInstanceOf(type(InvalidSettings.class))
                .satisfies(invalid -> invalid.problems()
                        .forEach(problem ->
                                problems.add(problem.lines().findFirst().orElse(""))));
        return problems;
    }

    private static String example() throws IOException {
        return Files.readString(Path.of("segue.yaml"));
    }
}
