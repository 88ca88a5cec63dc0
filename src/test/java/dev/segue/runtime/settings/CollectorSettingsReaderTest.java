// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.segue.config.CollectorSettings;
import dev.segue.config.Settings;
import dev.segue.config.WriteKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CollectorSettingsReaderTest {
    @Test
    void readsCollector() throws Exception {
        CollectorSettings collector = read("""
                collector:
                  enabled: true
                  port: 9000
                  keys:
                    web: {key: abcdefgh, origin: observed, web_origins: [https://shop.example], events_per_second: 7}
                    server: {key: ijklmnop, may_merge: true}
                """).collector();
        assertThat(collector.port()).isEqualTo(9000);
        assertThat(collector.keys())
                .containsExactly(
                        new WriteKey("web", "abcdefgh", "observed", Set.of("https://shop.example"), 7),
                        new WriteKey("server", "ijklmnop", null, Set.of(), WriteKey.USUAL_RATE, true));
    }

    @Test
    void limitsCollector() throws Exception {
        assertThat(problems("collector: {enabled: true}"))
                .containsExactly(
                        "segue.yaml:1:1: collector.keys must have at least one key if the collector is enabled");
        assertThat(problems("collector: {host: 0.0.0.0}"))
                .containsExactly(
                        "segue.yaml:1:19: collector.host '0.0.0.0' can be reached from other machines, and the port"
                                + " speaks plain HTTP: put a proxy with TLS in front of it, and confirm with"
                                + " collector.open_to_network: true");
        assertThat(read("collector: {host: 0.0.0.0, open_to_network: true}")
                        .collector()
                        .enabled())
                .isFalse();
        assertThat(read("collector: {host: localhost}").collector().enabled()).isFalse();
        assertThat(read("collector: {host: '::1'}").collector().enabled()).isFalse();
        assertThat(problems("collector: {keys: {web: {}}}"))
                .singleElement()
                .asString()
                .endsWith("collector.keys.web.key must be 8 to 200 letters, digits, dots, dashes or underscores");
        assertThat(problems("collector: {keys: {web: {key: abcdefgh, origin: stolen}}}"))
                .singleElement()
                .asString()
                .endsWith(
                        "collector.keys.web.origin must be one of stated, observed, partner and bought, not 'stolen'");
        assertThat(problems("collector: {keys: {web: {key: abcdefgh, web_origins: ['https://a.example/shop']}}}"))
                .hasSize(1);
        assertThat(problems("collector: {keys: {web: {key: abcdefgh}, other: {key: abcdefgh}}}"))
                .singleElement()
                .asString()
                .endsWith("collector.keys.other.key is also the key of another sender");
    }

    @Test
    void reportsAllProblemsOfSectionAtOnce() {
        assertThat(problems("""
                topics: {partitions: 0, retention: 1s}
                processing:
                  threads: 0
                  store_memory_mib: 1
                  drain_customers: 0
                registry: {url: 'not an address'}
                collector:
                  host: a b
                  port: 65536
                  public_url: not a url
                  connections: 0
                  patience: 1h
                  keys:
                    web:
                      key: abc
                      origin: stolen
                      web_origins: ['https://a.example/shop', nowhere]
                      events_per_second: 0
                    w eb: {key: abcdefgh}
                """))
                .containsExactly(
                        "segue.yaml:1:22: topics.partitions must be from 1 to 1000, not 0",
                        "segue.yaml:1:36: topics.retention must be from 1h to 3650d, not 1s",
                        "segue.yaml:3:12: processing.threads must be from 1 to 256, not 0",
                        "segue.yaml:4:21: processing.store_memory_mib must be from 8 to 65536, not 1",
                        "segue.yaml:5:20: processing.drain_customers must be from 1 to 1000000, not 0",
                        "segue.yaml:6:17: 'registry.url': this is not an address such as https://host:8443 (Illegal"
                                + " character in path)",
                        "segue.yaml:8:9: collector.host must be an address or a host's name, not 'a b'",
                        "segue.yaml:9:9: collector.port must be from 0 to 65535, not 65536",
                        "segue.yaml:10:15: 'collector.public_url': this is not an address such as https://host:8443"
                                + " (Illegal character in path)",
                        "segue.yaml:11:16: collector.connections must be from 1 to 100000, not 0",
                        "segue.yaml:12:13: collector.patience must be from 1s to 2m, not 1h",
                        "segue.yaml:15:12: collector.keys.web.key must be 8 to 200 letters, digits, dots, dashes or"
                                + " underscores",
                        "segue.yaml:16:15: collector.keys.web.origin must be one of stated, observed, partner and bought,"
                                + " not 'stolen'",
                        "segue.yaml:17:7: collector.keys.web.web_origins must hold origins such as https://shop.example,"
                                + " without a path, not 'https://a.example/shop'",
                        "segue.yaml:17:7: collector.keys.web.web_origins must hold origins such as https://shop.example,"
                                + " without a path, not 'nowhere'",
                        "segue.yaml:18:26: collector.keys.web.events_per_second must be from 1 to 1000000, not 0",
                        "segue.yaml:19:5: a sender's name must have 1 to 64 letters, digits, dots, dashes or underscores,"
                                + " unlike 'w eb'");
    }

    @Test
    void collectorNeedsMappingAndKeysOnlyWhereItIsOpened() throws Exception {
        String text = "collector: {mapping: nowhere.yaml}";
        assertThat(read(text).collector().mapping()).hasToString("nowhere.yaml");
        assertThat(SettingsReader.read("segue.yaml", text, name -> null, Collecting.IF_ENABLED)
                        .collector()
                        .enabled())
                .isFalse();
        String noFile = ": collector.mapping must name the mapping from messages to events: there is no file"
                + " 'nowhere.yaml'. The shipped one is mappings/segment.yaml";
        assertThat(problems(text, Collecting.ALWAYS))
                .containsExactly(
                        "segue.yaml:1:1: collector.keys must have at least one key", "segue.yaml:1:22" + noFile);
        String enabled = "collector: {enabled: true, keys: {web: {key: abcdefgh}}, mapping: nowhere.yaml}";
        assertThat(read(enabled).collector().enabled()).isTrue();
        assertThat(problems(enabled, Collecting.IF_ENABLED)).containsExactly("segue.yaml:1:67" + noFile);
        assertThat(problems("zone: UTC", Collecting.ALWAYS))
                .containsExactly("segue.yaml:1:1: collector.keys must have at least one key");
    }

    private static Settings read(String text) throws InvalidSettings {
        return SettingsReader.read("segue.yaml", text, name -> null);
    }

    private static List<String> problems(String text) {
        return problems(text, Collecting.NEVER);
    }

    /** Returns the first line of each problem: place and message. */
    private static List<String> problems(String text, Collecting collecting) {
        List<String> problems = new ArrayList<>();
        assertThatThrownBy(() -> SettingsReader.read("segue.yaml", text, name -> null, collecting))
                .asInstanceOf(type(InvalidSettings.class))
                .satisfies(invalid -> invalid.problems()
                        .forEach(problem ->
                                problems.add(problem.lines().findFirst().orElse(""))));
        return problems;
    }
}
