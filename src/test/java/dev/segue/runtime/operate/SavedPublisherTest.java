// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.config.SegmentSettings;
import dev.segue.config.Settings;
import dev.segue.definition.CheckedDefinitions;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionSet;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Vocabulary;
import dev.segue.runtime.cluster.Candidate;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.settings.SettingsReader;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.output.DefinitionLog;
import dev.segue.serde.output.DefinitionRecord;
import dev.segue.serde.output.DefinitionRecordCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a save, on a topic in memory. */
class SavedPublisherTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final String LOYAL = "segment: loyal\nwhen: purchase.count() >= 3\n";
    private static final String KEEN = "segment: keen\nwhen: product_viewed.count() >= 5\n";

    @TempDir
    Path directory;

    private Path segments;
    private Settings settings;
    private Vocabulary vocabulary;
    private Topic topic;
    private SavedPublisher publisher;
    private OptionalLong completeSince = OptionalLong.empty();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void open() throws Exception {
        segments = Files.createDirectory(directory.resolve("segments"));
        settings = Settings.defaults()
                .withPlaces(Path.of("schemas"), SegmentSettings.in(segments), directory.resolve("registry"));
        vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
        topic = new Topic(directory.resolve("registry"));
        write("loyal.yaml", LOYAL);
        write("keen.yaml", KEEN);
        topic.add(candidate());
        publisher = publisher();
    }

    private SavedPublisher publisher() {
        return new SavedPublisher(
                files(),
                settings,
                vocabulary,
                () -> topic,
                () -> completeSince,
                () -> NOW,
                new PrintWriter(out),
                new PrintWriter(err));
    }

    private FileContents files() {
        return FileContents.read(List.of(segments));
    }

    private Candidate candidate() throws InvalidDefinitions {
        CheckedDefinitions checked = new DefinitionReader(vocabulary).check(files().texts(), List.of());
        return Candidate.of(settings, checked);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(segments.resolve(file), text);
    }

    private void delete(String file) throws IOException {
        Files.delete(segments.resolve(file));
    }

    /** Returns what was printed for a save of the files as they are. */
    private String save() {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        publisher.accept(files());
        return out.toString() + err;
    }

    private List<Long> revisions() {
        return topic.sets.stream().map(DefinitionSet::revision).toList();
    }

    @Test
    void publishesWhatDiffers() throws Exception {
        write("loyal.yaml", LOYAL.replace("3", "4"));
        write("new.yaml", KEEN.replace("keen", "new"));
        assertThat(save()).isEqualTo("published revision 2: 1 new (new), 1 changed (loyal)\n");
        DefinitionSet published = topic.sets.get(1);
        assertThat(published.at()).isEqualTo(NOW);
        assertThat(published.by()).isEqualTo(System.getProperty("user.name"));
        assertThat(published.sources()).extracting(source -> source.name()).containsExactly("keen", "loyal", "new");
    }

    @Test
    void publishesAndWarnsIfTheTopicNoLongerHoldsThePast() throws Exception {
        String weekly = "segment: weekly\nwhen: cart_viewed.within('7d').count() >= 1\n";
        completeSince = OptionalLong.of(NOW.minus(Duration.ofDays(7)).toEpochMilli());
        write("weekly.yaml", weekly);
        assertThat(save()).isEqualTo("published revision 2: 1 new (weekly)\n");
        completeSince = OptionalLong.of(NOW.minus(Duration.ofDays(8)).toEpochMilli() + 1);
        write("weekly.yaml", weekly.replace("7d", "8d"));
        assertThat(save())
                .isEqualTo(
                        "warning: Topic behavior-events holds every event only since 2026-02-22T10:00:00.001Z: weekly"
                                + " looks back 8d. Their results are as if customers had begun then; write 'since: now' into a"
                                + " definition that needs no past.\npublished revision 3: 1 changed (weekly)\n");
        completeSince = OptionalLong.of(NOW.toEpochMilli());
        write("weekly.yaml", weekly.replace("7d", "9d") + "since: now\n");
        assertThat(save()).isEqualTo("published revision 4: 1 changed (weekly)\n");
    }

    @Test
    void publishesNothingIfOnlyTheTextDiffers() throws Exception {
        write("loyal.yaml", "# three\n" + LOYAL);
        assertThat(save()).isEqualTo("nothing differs from revision 1, so nothing is published\n");
        assertThat(revisions()).containsExactly(1L);
    }

    @Test
    void reportsEveryProblemAndPublishesTheCorrectedFile() throws Exception {
        write("loyal.yaml", LOYAL.replace("purchase", "purchases"));
        write("keen.yaml", "segment: keen\nwhenn: true\n");
        assertThatThrownBy(this::candidate)
                .satisfies(wrong -> assertThat(save())
                        .isEqualTo(wrong.getMessage() + "\nNothing was published. The next save is checked again.\n")
                        .contains("loyal.yaml:2:7", "keen.yaml:2:1"));
        assertThat(out.toString()).isEmpty();
        write("loyal.yaml", LOYAL.replace("3", "4"));
        write("keen.yaml", KEEN);
        assertThat(save()).isEqualTo("published revision 2: 1 changed (loyal)\n");
    }

    @Test
    void emptyFileEndsNoMembership() throws Exception {
        write("keen.yaml", "");
        assertThat(save()).contains("keen.yaml:1:1: the file has no definition").contains("Nothing was published");
        assertThat(revisions()).containsExactly(1L);
    }

    @Test
    void unreadableFilesEndNoMembership() throws Exception {
        delete("keen.yaml");
        delete("loyal.yaml");
        assertThat(save()).contains("There is no definition in " + segments).contains("Nothing was published");
        assertThat(revisions()).containsExactly(1L);
    }

    @Test
    void deletedFileEndsMembershipsAndTheLineSaysSo() throws Exception {
        delete("keen.yaml");
        assertThat(save())
                .isEqualTo("published revision 2: 1 removed (keen); its memberships end, because "
                        + segments.resolve("keen.yaml") + " was deleted\n");
    }

    @Test
    void severalDeletedFilesAreNamed() throws Exception {
        write("new.yaml", KEEN.replace("keen", "new"));
        save();
        delete("keen.yaml");
        delete("new.yaml");
        assertThat(save())
                .isEqualTo("published revision 3: 2 removed (keen, new); their memberships end, because "
                        + segments.resolve("keen.yaml") + ", " + segments.resolve("new.yaml") + " were deleted\n");
    }

    @Test
    void renamedDefinitionEndsMembershipsWithoutADelete() throws Exception {
        write("keen.yaml", KEEN.replace("keen", "keener"));
        assertThat(save()).isEqualTo("published revision 2: 1 new (keener), 1 removed (keen); its memberships end\n");
    }

    @Test
    void renamedFileChangesNothing() throws Exception {
        Files.move(segments.resolve("keen.yaml"), segments.resolve("eager.yaml"));
        assertThat(save()).startsWith("nothing differs from revision 1");
    }

    /** A file that was first seen wrong, and is deleted once it is right. */
    @Test
    void knowsTheFilesOfEarlierSaves() throws Exception {
        write("new.yaml", "segment: new\nwhen: nonsense\n");
        save();
        write("new.yaml", KEEN.replace("keen", "new"));
        assertThat(save()).startsWith("published revision 2: 1 new (new)");
        delete("new.yaml");
        assertThat(save()).startsWith("published revision 3: 1 removed (new); its memberships end, because ");
    }

    @Test
    void doesNotRemoveWhatTheseFilesNeverHad() throws Exception {
        write("foreign.yaml", KEEN.replace("keen", "foreign"));
        topic.add(candidate());
        delete("foreign.yaml");
        publisher = publisher();
        write("loyal.yaml", LOYAL.replace("3", "4"));
        assertThat(save())
                .isEqualTo("foreign would be removed, and the memberships would end, but these files never had it. If"
                        + " that is meant, publish them with 'segue apply --remove'.\n"
                        + "Nothing was published. The next save is checked again.\n");
        assertThat(revisions()).containsExactly(1L, 2L);
        write("foreign.yaml", KEEN.replace("keen", "foreign"));
        assertThat(save()).isEqualTo("published revision 3: 1 changed (loyal)\n");
    }

    @Test
    void doesNotRemoveAgainWhatOthersPublishedAgain() throws Exception {
        Candidate both = candidate();
        delete("keen.yaml");
        assertThat(save()).startsWith("published revision 2: 1 removed (keen)");
        topic.add(both);
        write("loyal.yaml", LOYAL.replace("3", "4"));
        assertThat(save()).startsWith("keen would be removed").contains("Nothing was published");
        assertThat(revisions()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void looksAgainIfAnotherWasPublishedMeanwhile() throws Exception {
        write("loyal.yaml", LOYAL.replace("3", "4"));
        Candidate ours = candidate();
        write("loyal.yaml", LOYAL.replace("3", "5"));
        topic.meanwhile = ours;
        assertThatThrownBy(this::save)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("revision 2 was published meanwhile");
        assertThat(revisions()).containsExactly(1L, 2L);
        assertThat(save()).isEqualTo("published revision 3: 1 changed (loyal)\n");
    }

    @Test
    void warnsOnceForASaveThatIsTriedAgain() throws Exception {
        write("keen.yaml", "segment: keen\nwhen: product_viewed.count() >= 0\n");
        topic.meanwhile = candidate();
        assertThatThrownBy(this::save).isInstanceOf(CannotStart.class);
        assertThat(out.toString()).contains("keen.yaml:2:7: warning: ");
        assertThat(save()).isEqualTo("nothing differs from revision 2, so nothing is published\n");
    }

    @Test
    void appliesOverridesOfTheSettings() throws Exception {
        settings = SettingsReader.read(
                "segue.yaml",
                "segments: {directories: [" + segments + "], overrides: {keen: {least: 7}}}",
                name -> null);
        publisher = publisher();
        write("keen.yaml", "segment: keen\nparams: {least: 5}\nwhen: product_viewed.count() >= params.least\n");
        assertThat(save()).isEqualTo("published revision 2: 1 changed (keen)\n");
        assertThat(topic.sets.get(1).sources().get(0).params()).containsKey("least");
    }

    /** The topic in memory: records as they are written, and perhaps another publisher between look and write. */
    private static final class Topic implements Publications {
        private final List<DefinitionSet> sets = new ArrayList<>();
        private final DefinitionRecordCodec codec;
        private Candidate meanwhile;

        Topic(Path registry) {
            codec = new DefinitionRecordCodec(new DirectorySchemaRegistry(registry), "segue-definitions");
        }

        void add(Candidate candidate) {
            sets.add(candidate.after(read(), NOW.minusSeconds(60)));
        }

        @Override
        public DefinitionLog read() {
            DefinitionLog log = new DefinitionLog(codec);
            sets.forEach(set -> DefinitionRecord.of(set).forEach(each -> log.add(each.key(), codec.encode(each))));
            return log;
        }

        @Override
        public DefinitionSet publish(long after, Function<DefinitionLog, DefinitionSet> next) {
            if (meanwhile != null) {
                add(meanwhile);
                meanwhile = null;
            }
            DefinitionLog log = read();
            if (log.latestRevision() != after) {
                throw new CannotStart("revision " + log.latestRevision() + " was published meanwhile");
            }
            sets.add(next.apply(log));
            return sets.get(sets.size() - 1);
        }
    }
}
