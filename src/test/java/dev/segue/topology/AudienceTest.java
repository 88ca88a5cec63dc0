// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.audience.Audience;
import dev.segue.audience.SegmentWidth;
import dev.segue.audience.WidthRule;
import dev.segue.config.WidthSettings;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.event.SmallShop;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the scenario's one segment: entered after an hour without an event. */
class AudienceTest {
    @TempDir
    Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<SegmentWidth> told = new ArrayList<>();
    private TopologyScenario scenario;

    @BeforeEach
    void open() throws Exception {
        scenario = new TopologyScenario(directory);
        scenario.audience = audience(3);
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void countsCustomersAndMembers() throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        scenario.event("bob", "e2", "2025-11-01T10:30:00Z");
        scenario.event("ann", "e3", "2025-11-01T10:30:00Z");
        scenario.event("ann", "e3", "2025-11-01T10:30:00Z");
        assertCounts(2, 0);
        scenario.timeIs("2025-11-01T11:29:59.999Z");
        assertCounts(2, 0);
        scenario.timeIs("2025-11-01T11:30:00Z");
        assertCounts(2, 2);
        scenario.event("bob", "e4", "2025-11-01T11:45:00Z");
        assertCounts(2, 1);
    }

    @Test
    void countsSurviveRestart() throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        scenario.event("bob", "e2", "2025-11-01T10:30:00Z");
        scenario.timeIs("2025-11-01T11:00:00Z");
        assertCounts(2, 1);
        scenario.restart();
        assertCounts(2, 1);
        scenario.event("ann", "e3", "2025-11-01T11:10:00Z");
        scenario.event("cleo", "e4", "2025-11-01T11:10:00Z");
        assertCounts(3, 0);
        scenario.audience = audience(3);
        scenario.restart();
        assertCounts(3, 0);
    }

    @Test
    void removesCountsOfClosedTask() throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        scenario.timeIs("2025-11-01T11:00:00Z");
        scenario.close();
        assertCounts(0, 0);
    }

    @Test
    void reportsEmptySegmentOnce() throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        scenario.event("bob", "e2", "2025-11-01T10:00:00Z");
        scenario.timeIs("2025-11-01T10:01:00Z");
        assertThat(told).as("two customers are not enough").isEmpty();
        scenario.event("cleo", "e3", "2025-11-01T10:02:00Z");
        scenario.timeIs("2025-11-01T10:03:00Z");
        assertThat(told).containsExactly(new SegmentWidth("quiet", 3, 0));
        scenario.event("dan", "e4", "2025-11-01T10:04:00Z");
        scenario.timeIs("2025-11-01T10:05:00Z");
        scenario.restart();
        scenario.timeIs("2025-11-01T10:06:00Z");
        assertThat(told).hasSize(1);
    }

    @Test
    void reportsTooWideSegmentOnce() throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        scenario.event("bob", "e2", "2025-11-01T10:00:00Z");
        scenario.event("cleo", "e3", "2025-11-01T10:10:00Z");
        scenario.timeIs("2025-11-01T11:00:00Z");
        assertThat(told).as("two of three are less than four fifths").isEmpty();
        scenario.timeIs("2025-11-01T11:10:00Z");
        assertThat(told).containsExactly(new SegmentWidth("quiet", 3, 3));
        scenario.event("cleo", "e4", "2025-11-01T11:20:00Z");
        scenario.timeIs("2025-11-01T12:20:00Z");
        assertThat(told).hasSize(1);
    }

    @Test
    void doesNotReportEmptySegmentRightAfterRestart() throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        scenario.event("bob", "e2", "2025-11-01T10:30:00Z");
        scenario.timeIs("2025-11-01T11:00:00Z");
        scenario.event("ann", "e3", "2025-11-01T11:05:00Z");
        scenario.event("cleo", "e4", "2025-11-01T11:06:00Z");
        assertCounts(3, 0);
        scenario.audience = audience(3);
        scenario.restart();
        scenario.timeIs("2025-11-01T11:07:00Z");
        assertThat(told).as("no event has come since").isEmpty();
        scenario.event("ann", "e5", "2025-11-01T11:08:00Z");
        scenario.event("bob", "e6", "2025-11-01T11:08:00Z");
        scenario.timeIs("2025-11-01T11:09:00Z");
        assertThat(told).as("two events are not enough").isEmpty();
        scenario.event("cleo", "e7", "2025-11-01T11:10:00Z");
        scenario.timeIs("2025-11-01T11:11:00Z");
        assertThat(told).containsExactly(new SegmentWidth("quiet", 3, 0));
    }

    @Test
    void countsMembershipsOfARemovedDefinitionAndJudgesNone() throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        scenario.timeIs("2025-11-01T11:00:00Z");
        SimpleMeterRegistry others = new SimpleMeterRegistry();
        scenario.audience = new Audience(others, () -> new WidthRule(new WidthSettings(1, 0.8), List.of()), told::add);
        scenario.restart();
        scenario.event("ann", "e2", "2025-11-01T11:30:00Z");
        assertThat(others.get("segue.customers").gauge().value()).isEqualTo(1);
        scenario.timeIs("2025-11-01T11:31:00Z");
        assertThat(others.get("segue.segment.members").gauge().value()).isZero();
        assertThat(told).isEmpty();
    }

    @Test
    void judgesASegmentThatIsNewOnceItHadTime() throws Exception {
        WidthRule old = new WidthRule(new WidthSettings(3, 0.8), List.of());
        AtomicReference<WidthRule> rule = new AtomicReference<>(old);
        scenario.audience = new Audience(new SimpleMeterRegistry(), rule::get, told::add);
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        scenario.event("bob", "e2", "2025-11-01T10:00:00Z");
        scenario.event("cleo", "e3", "2025-11-01T10:00:00Z");
        rule.set(new WidthRule(
                new WidthSettings(3, 0.8),
                new DefinitionReader(SmallShop.VOCABULARY)
                        .read(List.of(
                                new DefinitionText("rich.yaml", TopologyScenario.QUIET.replace("quiet", "rich"))))));
        scenario.timeIs("2025-11-01T10:01:00Z");
        scenario.event("ann", "e4", "2025-11-01T10:02:00Z");
        scenario.event("bob", "e5", "2025-11-01T10:02:00Z");
        scenario.timeIs("2025-11-01T10:03:00Z");
        assertThat(told).isEmpty();
        scenario.event("cleo", "e6", "2025-11-01T10:04:00Z");
        scenario.timeIs("2025-11-01T10:05:00Z");
        assertThat(told).containsExactly(new SegmentWidth("rich", 3, 0));
    }

    /** Four fifths count as nearly all customers. */
    private Audience audience(int afterCustomers) throws Exception {
        List<Definition> definitions = new DefinitionReader(SmallShop.VOCABULARY)
                .read(List.of(new DefinitionText("quiet.yaml", TopologyScenario.QUIET)));
        meters.clear();
        return new Audience(
                meters, () -> new WidthRule(new WidthSettings(afterCustomers, 0.8), definitions), told::add);
    }

    private void assertCounts(int customers, int members) {
        assertThat(meters.get("segue.customers").gauge().value()).isEqualTo(customers);
        assertThat(meters.get("segue.segment.members")
                        .tag("segment", "quiet")
                        .gauge()
                        .value())
                .isEqualTo(members);
    }
}
