package dev.segue.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.segue.config.DrainBudget;
import dev.segue.config.ProcessingSettings.Guarantee;
import dev.segue.config.ProcessingSettings.Store;
import dev.segue.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

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
            processing:
              guarantee: at_least_once
              store: in_memory
              drain_customers: 7
              drain_time: 3ms
            limits:
              ahead: 2m
              dedup_window: 256
            kafka:
              security.protocol: SSL
              producer.linger.ms: 20
            """;

    private static final Map<String, String> ENVIRONMENT = Map.of("PASSWORD", "s3cr$t", "HOST", "kafka-1:9092");

    @Test
    void anEmptyFileMeansTheDefaults() throws Exception {
        assertThat(read("")).isEqualTo(Settings.defaults());
        assertThat(read("# nothing\n")).isEqualTo(Settings.defaults());
    }

    @Test
    void theCommentedExampleMeansTheDefaults() throws Exception {
        assertThat(read(example())).isEqualTo(Settings.defaults());
    }

    /** Together with the test above (which refuses unknown keys), the example has exactly the settings that there are. */
    @Test
    void theExampleHoldsEverySetting() throws Exception {
        TreeSet<String> documented = new TreeSet<>();
        Matcher keys = Pattern.compile("(?m)^ *([a-z_]+):").matcher(example());
        while (keys.find()) {
            documented.add(keys.group(1));
        }
        List<String> components = new ArrayList<>();
        for (Class<?> type : List.of(
                Settings.class,
                dev.segue.config.TopicSettings.class,
                dev.segue.config.TopicNames.class,
                dev.segue.config.ProcessingSettings.class,
                dev.segue.config.LimitSettings.class)) {
            for (var component : type.getRecordComponents()) {
                components.add(component.getName());
            }
        }
        components.removeAll(List.of("names", "registryDirectory", "drain"));
        List<String> spelt = components.stream()
                .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .map(name -> name.replace("mebibytes", "mib"))
                .toList();
        assertThat(documented)
                .containsAll(spelt)
                .contains("drain_customers", "drain_time", "url", "directory", "prefix");
    }

    @Test
    void readsWhatIsSaid() throws Exception {
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
        assertThat(settings.processing().guarantee()).isEqualTo(Guarantee.AT_LEAST_ONCE);
        assertThat(settings.processing().store()).isEqualTo(Store.IN_MEMORY);
        assertThat(settings.processing().drain()).isEqualTo(new DrainBudget(7, Duration.ofMillis(3)));
        assertThat(settings.limits().ahead()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.limits().dedupWindow()).isEqualTo(256);
        assertThat(settings.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(settings.kafka())
                .containsExactlyInAnyOrderEntriesOf(Map.of("security.protocol", "SSL", "producer.linger.ms", "20"));
    }

    @Test
    void anUnknownSettingNamesItsLineAndTheNearest() {
        assertThat(problems("application_id: a\nprocessing:\n  treads: 2\n"))
                .containsExactly("segue.yaml:3: unknown setting 'processing.treads'. Did you mean 'threads'?");
        assertThat(problems("zzzzzz: 1\n")).containsExactly("segue.yaml:1: unknown setting 'zzzzzz'.");
        assertThat(problems("topics:\n  partition: 3\n  retentoin: 3d\n"))
                .containsExactly(
                        "segue.yaml:2: unknown setting 'topics.partition'. Did you mean 'partitions'?",
                        "segue.yaml:3: unknown setting 'topics.retentoin'. Did you mean 'retention'?");
    }

    @Test
    void tellsEveryMistakeAtOnceInOrderOfLine() {
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
                        "segue.yaml:2: 'topics.partitions': 'many' is not a whole number",
                        "segue.yaml:3: 'topics.retention': '7 days' is not a duration such as 250ms, 5s, 5m, 6h or 7d",
                        "segue.yaml:5: processing.threads must be from 1 to 256, not 0",
                        "segue.yaml:6: 'processing.store': 'disk' is none of in_memory, rocksdb",
                        "segue.yaml:7: registry.password is missing: user name and password go together",
                        "segue.yaml:10: 'limits' must hold 'key: value' lines",
                        "segue.yaml:12: the environment variable 'NOT_SET' is not set");
    }

    @Test
    void limitsAreInclusive() throws Exception {
        assertThat(read("limits: {ahead: 1s}").limits().ahead()).isEqualTo(Duration.ofSeconds(1));
        assertThat(problems("limits: {ahead: 999ms}"))
                .containsExactly("segue.yaml:1: limits.ahead must be from 1s to 1d, not 999ms");
        assertThat(read("limits: {ahead: 1d}").limits().ahead()).isEqualTo(Duration.ofDays(1));
        assertThat(problems("limits: {ahead: 25h}")).hasSize(1);
        assertThat(read("limits: {dedup_window: 1}").limits().dedupWindow()).isEqualTo(1);
        assertThat(problems("limits: {dedup_window: 0}"))
                .containsExactly("segue.yaml:1: limits.dedup_window must be from 1 to 256, not 0");
        assertThat(problems("limits: {dedup_window: 257}")).hasSize(1);
    }

    @Test
    void aTimeZoneThatDoesNotExistIsAMistake() {
        assertThat(problems("zone: Europe/Atlantis"))
                .containsExactly(
                        "segue.yaml:1: 'zone': 'Europe/Atlantis' is not a time zone such as Europe/Berlin, UTC or +05:30");
    }

    @Test
    void aKeyThatStandsTwiceIsAMistake() {
        assertThat(problems("application_id: a\napplication_id: b\n"))
                .containsExactly("segue.yaml:2: 'application_id' stands twice");
    }

    @Test
    void twoTopicsMayNotShareAName() {
        assertThat(problems("topics: {changes: same, profiles: same}"))
                .containsExactly("segue.yaml:1: two topics are called 'same'");
    }

    @Test
    void whatIsNotYamlSaysWhere() {
        assertThat(problems("a: [1\nb: 2\n")).singleElement().asString().startsWith("segue.yaml:2: this is not YAML");
    }

    private static Settings read(String text) throws InvalidSettings {
        return SettingsReader.read("segue.yaml", text, ENVIRONMENT::get);
    }

    private static List<String> problems(String text) {
        List<String> problems = new ArrayList<>();
        assertThatThrownBy(() -> read(text))
                .asInstanceOf(type(InvalidSettings.class))
                .satisfies(invalid -> problems.addAll(invalid.problems()));
        return problems;
    }

    private static String example() throws IOException {
        return Files.readString(Path.of("segue.yaml"));
    }
}
