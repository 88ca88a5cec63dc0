// SPDX-License-Identifier: Apache-2.0
package dev.segue.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import dev.segue.story.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs one story on one stage, and checks that each step causes the expected changes and no others. */
final class StoryTelling {
    private final String title;
    private final Set<String> segments;
    private final Stage stage;
    private Instant clock = Instant.EPOCH;
    private boolean evidence = true;

    StoryTelling(String title, Set<String> segments, Stage stage) {
        this.title = title;
        this.segments = segments;
        this.stage = stage;
    }

    /** Compares changes and carry only, because evidence contains the params. */
    StoryTelling withoutEvidence() {
        evidence = false;
        return this;
    }

    void run(List<ScenarioStep> story) throws Exception {
        for (int index = 0; index < story.size(); index++) {
            ScenarioStep step = story.get(index);
            String where = title + ", step " + (index + 1) + ": ";
            if (step instanceof ScenarioStep.Happens happens) {
                Instant time = Instant.ofEpochMilli(happens.event().time());
                clock = time.isAfter(clock) ? time : clock;
                stage.event(happens.event(), clock, clock);
                compare(where + happens.event().type().name(), story, index + 1);
            } else if (step instanceof ScenarioStep.Informed informed) {
                Instant time = Instant.ofEpochMilli(informed.facts().at());
                clock = time.isAfter(clock) ? time : clock;
                stage.product(informed.facts(), clock);
                compare(where + "product " + informed.facts().productId(), story, index + 1);
            } else if (step instanceof ScenarioStep.TimeIs time) {
                timeIs(time.instant());
                compare(where + "time is " + clock, story, index + 1);
            } else if (step instanceof ScenarioStep.Border border) {
                timeIs(border.instant().minusMillis(1));
                compare(where + "time is " + clock, List.of(), 0);
                timeIs(border.instant());
                compare(where + "time is " + clock, story, index + 1);
            }
        }
    }

    private void timeIs(Instant instant) throws Exception {
        clock = instant;
        stage.timeIs(instant);
    }

    private List<ExpectedChange> expected(List<ScenarioStep> story, int index) {
        if (index >= story.size() || !(story.get(index) instanceof ScenarioStep.Expect expect)) {
            return List.of();
        }
        return evidence
                ? expect.changes()
                : expect.changes().stream().map(ExpectedChange::withoutEvidence).toList();
    }

    /** @param index of the step that may say what is expected */
    private void compare(String where, List<ScenarioStep> story, int index) throws Exception {
        List<ExpectedChange> expected = expected(story, index);
        Stage.Told told = stage.told();
        List<ExpectedDecision> decided = index < story.size() && story.get(index) instanceof ScenarioStep.Decide decide
                ? decide.decisions()
                : List.of();
        assertThat(IntStream.range(0, told.decisions().size())
                        .mapToObj(number -> ExpectedDecision.of(
                                told.decisions().get(number), number < decided.size() ? decided.get(number) : null))
                        .toList())
                .as(where)
                .isEqualTo(decided);
        assertThat(told.failures()).as(where).isEmpty();
        assertThat(told.refused()).as(where).isEmpty();
        List<Change> came = told.changes().stream()
                .filter(change -> segments.contains(change.segment()))
                .filter(change -> !change.customerId().startsWith(ScenarioSteps.CROWD))
                .toList();
        assertThat(text(IntStream.range(0, came.size())
                        .mapToObj(number -> ExpectedChange.of(came.get(number), at(expected, number)))
                        .toList()))
                .as(where)
                .isEqualTo(text(expected));
    }

    private static @Nullable ExpectedChange at(List<ExpectedChange> expected, int index) {
        return index < expected.size() ? expected.get(index) : null;
    }

    private static String text(List<ExpectedChange> changes) {
        List<String> texts = new ArrayList<>();
        changes.forEach(change -> texts.add(change.text()));
        return texts.stream().collect(Collectors.joining());
    }
}
