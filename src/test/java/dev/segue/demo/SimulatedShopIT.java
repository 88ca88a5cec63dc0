// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.ClientSettings;
import dev.segue.config.SegmentSettings;
import dev.segue.config.TopicNames;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.demo.shop.ShopSettings;
import dev.segue.demo.shop.SimulatedShop;
import dev.segue.event.Change;
import dev.segue.plan.Plan;
import dev.segue.replay.Replay;
import dev.segue.replay.Until;
import dev.segue.runtime.operate.TopicFeed;
import dev.segue.runtime.settings.SegmentFiles;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A seeded run of the shop yields the same changes through the broker as by offline replay. */
class SimulatedShopIT {
    private static final long SEED = 20_260_302;
    private static final Instant OPENS = Instant.parse("2026-03-02T10:00:00Z");
    private static final Duration OPEN = Duration.ofHours(9);
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final Instant END = OPENS.plus(OPEN);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Comparator<Change> ORDER =
            Comparator.comparing(Change::effectiveAt).thenComparing(Change::customerId);

    @TempDir
    Path directory;

    private EventSchemas schemas;

    /** All shipped segments but those that compare customers: when they are counted is up to the machine. */
    private Path segments() {
        return directory.resolve("segments");
    }

    @BeforeEach
    void copySegments() throws Exception {
        Files.createDirectory(segments());
        for (DefinitionText text : SegmentFiles.read(List.of(Path.of("segments")))) {
            if (!text.text().contains(".percentile()")) {
                Files.writeString(segments().resolve(Path.of(text.file()).getFileName()), text.text());
            }
        }
    }

    @BeforeEach
    void readSchemas() throws Exception {
        schemas = EventSchemas.read(Path.of("schemas", "events"));
    }

    @Test
    void brokerYieldsSameChangesAsReplay() throws Exception {
        List<Change> expected = replayed();
        assertThat(expected.stream().map(Change::segment).distinct()).hasSizeGreaterThan(60);

        List<Change> seen = throughTheBroker(expected.size());
        assertThat(comparable(seen)).containsExactlyElementsOf(comparable(expected));
    }

    private List<Change> replayed() throws Exception {
        List<DefinitionText> texts = SegmentFiles.read(List.of(segments()));
        Plan plan = Plan.compile(new DefinitionReader(schemas.vocabulary()).read(texts), schemas.vocabulary());
        try (ShopReader reader = new ShopReader(shop(), END)) {
            return new Replay(plan)
                    .run(reader, new Until.At(END.toEpochMilli()))
                    .changes();
        }
    }

    private List<Change> throughTheBroker(int expected) throws Exception {
        ShopClock clock = new ShopClock(OPENS.minus(ShopSettings.USUAL_PAST));
        DemoSettings settings = new DemoSettings(
                null,
                1,
                SEED,
                directory,
                0,
                0,
                0,
                0,
                Path.of("schemas"),
                Path.of("mappings", "segment.yaml"),
                SegmentSettings.in(segments()),
                100,
                false);
        try (Servers servers = Servers.start(settings, directory, clock, OPENS)) {
            TopicNames topics = servers.settings().topics().names();
            String address = servers.settings().bootstrapServers();
            DirectorySchemaRegistry registry =
                    new DirectorySchemaRegistry(servers.settings().registryDirectory());
            try (ShopTill till = new ShopTill(address, topics.behaviorEvents(), new EventEncoder(schemas, registry));
                    TopicFeed<Change> feed = TopicFeed.open(
                            new ClientSettings(address, Map.of()),
                            topics.changes(),
                            new ChangeCodec(registry, topics.changes())::decode)) {
                feed.fromBeginning();
                ShopHours hours = new ShopHours(
                        shop(),
                        clock,
                        InstantSource.system(),
                        till::send,
                        till::awaitAcknowledgement,
                        () -> servers.application().counts().events());
                for (Instant time = OPENS; !time.isAfter(END); time = time.plus(STEP)) {
                    hours.catchUp(time);
                }
                return read(feed, expected);
            }
        }
    }

    /** Reads until the expected number has arrived, and then checks that no more follow. */
    private static List<Change> read(TopicFeed<Change> feed, int expected) {
        List<Change> changes = new ArrayList<>();
        InstantSource wall = InstantSource.system();
        Instant deadline = wall.instant().plus(PATIENCE);
        while (changes.size() < expected && wall.instant().isBefore(deadline)) {
            changes.addAll(feed.poll(Duration.ofMillis(200)));
        }
        changes.addAll(feed.poll(Duration.ofSeconds(2)));
        return changes;
    }

    /** Sorted, and without {@code detected_at}: the processor detects changes at a tick, replay at an event. */
    private static List<Change> comparable(List<Change> changes) {
        return changes.stream()
                .sorted(ORDER)
                .map(change -> change.toBuilder().detectedAt(Instant.EPOCH).build())
                .toList();
    }

    private SimulatedShop shop() {
        return new SimulatedShop(schemas.vocabulary(), ShopSettings.usual(SEED, OPENS));
    }
}
