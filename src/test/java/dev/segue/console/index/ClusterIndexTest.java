// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.Settings;
import dev.segue.config.StatisticsSettings;
import dev.segue.config.TopicNames;
import dev.segue.console.page.Freshness;
import dev.segue.console.page.Member;
import dev.segue.console.page.ValueCounts;
import dev.segue.event.Change;
import dev.segue.event.CustomerProfile;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.output.MembershipEncoder;
import dev.segue.serde.output.StatisticCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import dev.segue.statistics.Measure;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterIndexTest {
    private static final Instant NOW = Instant.parse("2026-06-15T12:30:00Z");
    private static final TopicNames NAMES = TopicNames.prefixed("");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final LogCluster cluster = new LogCluster();
    private DirectorySchemaRegistry registry;
    private MembershipEncoder memberships;
    private StatisticCodec statistics;
    private ClusterIndex index;

    @BeforeEach
    void open() throws Exception {
        registry = new DirectorySchemaRegistry(directory);
        memberships = new MembershipEncoder(registry, NAMES.memberships());
        statistics = new StatisticCodec(registry, NAMES.statistics());
        for (String topic : List.of(
                NAMES.definitions(), NAMES.memberships(), NAMES.changes(), NAMES.activations(), NAMES.statistics())) {
            cluster.create(topic, topic.equals(NAMES.definitions()) ? 1 : 2);
        }
        index = new ClusterIndex(
                Settings.defaults().withStatistics(StatisticsSettings.defaults()),
                EventSchemas.read(Path.of("schemas", "events")),
                () -> NOW,
                registry,
                cluster::consumer);
    }

    @AfterEach
    void close() {
        index.close();
    }

    private void member(String customer, String segment, @Nullable Object value) {
        CustomerProfile.Membership membership =
                new CustomerProfile.Membership(segment, value, null, NOW.minusSeconds(60), "v1");
        cluster.add(NAMES.memberships(), 0, customer + "|" + segment, memberships.encode(customer, membership));
    }

    private void end(String customer, String segment) {
        cluster.add(NAMES.memberships(), 0, customer + "|" + segment, null);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("patience").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** Waits until everything that was added has been read. */
    private void settle() {
        long all = cluster.size();
        await(() -> index.freshness().topics().stream()
                        .mapToLong(Freshness.Topic::read)
                        .sum()
                >= all);
        await(() -> index.freshness().isComplete());
    }

    private Freshness.Topic topic(String name) {
        return index.freshness().topics().stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> ids(List<Member> members) {
        return members.stream().map(Member::customer).toList();
    }

    @Test
    void membershipsComeAndGo() {
        member("ann", "buyer", null);
        member("ann", "seen", null);
        member("bob", "seen", null);
        // Read twice, as after a restart of its writer.
        member("ann", "seen", null);
        end("bob", "seen");
        end("nobody", "seen");
        member("a|b", "seen", null);
        index.start();
        settle();
        assertThat(index.members("seen")).isEqualTo(2);
        assertThat(ids(index.members("seen", "", 10))).containsExactly("ann", "a|b");
        assertThat(index.members("buyer")).isEqualTo(1);
        assertThat(index.customers()).isEqualTo(2);
        assertThat(index.memberships("ann"))
                .extracting(member -> member.membership().segment())
                .containsExactlyInAnyOrder("buyer", "seen");
        assertThat(index.memberships("a")).isEmpty();
        end("ann", "buyer");
        end("ann", "seen");
        settle();
        assertThat(index.customers()).isEqualTo(1);
        assertThat(index.memberships("ann")).isEmpty();
        assertThat(index.members("buyer")).isZero();
    }

    @Test
    void pagesBeginRightAfterAnId() {
        for (String id : List.of("a", "a\u0000", "ab", "b", "\u00e9")) {
            member(id, "seen", null);
        }
        member("a", "seen-too", null);
        index.start();
        settle();
        assertThat(ids(index.members("seen", "", 2))).containsExactly("a", "a\u0000");
        assertThat(ids(index.members("seen", "a\u0000", 2))).containsExactly("ab", "b");
        assertThat(ids(index.members("seen", "b", 2))).containsExactly("\u00e9");
        assertThat(ids(index.members("seen", "\u00e9", 2))).isEmpty();
        assertThat(ids(index.members("see", "", 2))).isEmpty();
    }

    @Test
    void valuesOfTraitsAreCounted() {
        member("ann", "city", "Rome");
        member("bob", "city", "Rome");
        member("cy", "city", "Oslo");
        member("bob", "city", "Oslo");
        member("dan", "city", "Bern");
        end("dan", "city");
        index.start();
        settle();
        assertThat(index.values("city", 5).top())
                .containsExactly(new ValueCounts.Count("Oslo", 2), new ValueCounts.Count("Rome", 1));
        assertThat(index.values("city", 1).different()).isEqualTo(2);
        assertThat(index.members("city")).isEqualTo(3);
    }

    @Test
    void windowsAreFoundBySubjectAndByTime() {
        long hour = Duration.ofHours(1).toMillis();
        for (int start = 0; start < 4; start++) {
            count("seen", start * hour, start + 1);
            count("seen-too", start * hour, 100);
        }
        count("seen", 2 * hour, 77);
        count("seen", -hour, 9);
        cluster.add(NAMES.statistics(), 1, text(StatisticCodec.key(statistic("seen", 3 * hour, 4))), null);
        index.start();
        settle();
        assertThat(index.windows(Subject.segment("seen"), WindowSize.HOUR, hour).keySet())
                .containsExactly(hour, 2 * hour);
        assertThat(index.windows(Subject.segment("seen"), WindowSize.HOUR, -hour)
                        .keySet())
                .containsExactly(-hour, 0L, hour, 2 * hour);
        assertThat(index.windows(Subject.segment("seen"), WindowSize.HOUR, 2 * hour)
                        .get(2 * hour)
                        .get(Measure.ENTERED))
                .isEqualTo(77);
        assertThat(index.windows(Subject.segment("seen"), WindowSize.DAY, 0)).isEmpty();
        assertThat(index.statistics(StatisticKind.SEGMENT, WindowSize.HOUR, 2 * hour))
                .extracting(each -> each.subject().name() + " " + each.start() / hour)
                .containsExactly("seen 2", "seen-too 2", "seen-too 3");
    }

    private static Statistic statistic(String segment, long start, long entered) {
        WindowCounts counts = new WindowCounts();
        counts.add(Measure.ENTERED, entered);
        return new Statistic(WindowSize.HOUR, start, Subject.segment(segment), counts);
    }

    private void count(String segment, long start, long entered) {
        Statistic statistic = statistic(segment, start, entered);
        cluster.add(NAMES.statistics(), 1, text(StatisticCodec.key(statistic)), statistics.encode(statistic));
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    @Test
    void undecodableRecordsAreCountedAndTheRestIsRead() {
        cluster.add(NAMES.memberships(), 0, "ann|seen", new byte[] {1, 2, 3});
        cluster.add(NAMES.memberships(), 0, "without a bar", null);
        member("bob", "seen", null);
        index.start();
        settle();
        assertThat(index.members("seen")).isEqualTo(1);
        Freshness.Topic topic = topic(NAMES.memberships());
        assertThat(topic.undecodable()).isEqualTo(2);
        assertThat(topic.firstUndecodable()).startsWith("partition 0, offset 0: ");
        assertThat(topic(NAMES.changes()).undecodable()).isZero();
    }

    @Test
    void goesOnWhereItWasAfterAFailure() {
        member("ann", "seen", null);
        index.start();
        settle();
        cluster.failOnce(new KafkaException("the broker is away"));
        await(() -> String.valueOf(index.freshness().trouble()).contains("the broker is away"));
        member("bob", "seen", null);
        settle();
        assertThat(index.freshness().trouble()).isNull();
        assertThat(index.members("seen")).isEqualTo(2);
        assertThat(topic(NAMES.memberships()).read())
                .as("no record is read twice")
                .isEqualTo(2);
    }

    @Test
    void replacedTopicIsReadFromTheBeginning() {
        member("ann", "seen", null);
        member("bob", "seen", null);
        index.start();
        settle();
        cluster.replace(NAMES.memberships());
        await(() -> index.members("seen") == 0);
        member("cy", "seen", null);
        await(() -> index.members("seen") == 1);
        assertThat(ids(index.members("seen", "", 5))).containsExactly("cy");
        assertThat(index.customers()).isEqualTo(1);
    }

    @Test
    void topicThatIsCreatedLaterIsFound() {
        cluster.delete(NAMES.memberships());
        index.start();
        await(() -> topic(NAMES.changes()).isThere());
        assertThat(index.freshness().isComplete()).isFalse();
        cluster.create(NAMES.memberships(), 2);
        member("ann", "seen", null);
        settle();
        assertThat(index.members("seen")).isEqualTo(1);
    }

    @Test
    void latestChangesAreKeptAndPassedOn() {
        ChangeCodec changes = new ChangeCodec(registry, NAMES.changes());
        for (int number = 0; number < 60; number++) {
            cluster.add(NAMES.changes(), number % 2, "ann", changes.encode(change("ann", number)));
        }
        index.start();
        settle();
        assertThat(index.changes("seen", 3))
                .extracting(each -> each.effectiveAt().getEpochSecond())
                .containsExactly(59L, 58L, 57L);
        assertThat(index.changes("seen", 1000)).hasSize(50);
        assertThat(index.changes("other", 3)).isEmpty();
        List<Change> seen = new CopyOnWriteArrayList<>();
        Runnable end = index.follow(seen::add);
        cluster.add(NAMES.changes(), 0, "bob", changes.encode(change("bob", 100)));
        await(() -> seen.size() == 1);
        end.run();
        cluster.add(NAMES.changes(), 0, "cy", changes.encode(change("cy", 101)));
        settle();
        assertThat(seen).extracting(Change::customerId).containsExactly("bob");
    }

    private static Change change(String customer, long second) {
        return Change.of(customer, "seen", Change.Kind.ENTERED, Instant.ofEpochSecond(second))
                .build();
    }

    @Test
    void nothingIsLeftOnDisk() {
        member("ann", "seen", null);
        index.start();
        settle();
        List<Member> found = new ArrayList<>(index.members("seen", "", 1));
        index.close();
        assertThat(found).hasSize(1);
        // A page that is being made meanwhile must not end the process.
        assertThat(index.members("seen", "", 1)).isEmpty();
    }
}
