// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.OriginPrecedence;
import dev.segue.story.Stories;
import dev.segue.story.ToldEverywhere;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of several origins' values is read. */
class OriginTest {
    private static final String ADULT = "segment: adult\nwhen: profile.age >= 18";

    @ToldEverywhere
    void boughtValueNeverOverwritesStatedOne(Stories stories) {
        stories.of(ADULT)
                .event("2025-11-01T10:00:00Z", "ann", "profile_updated", "age=17", "origin=stated")
                .event("2025-11-01T11:00:00Z", "ann", "profile_updated", "age=40", "origin=bought")
                .expect()
                .event("2025-11-01T12:00:00Z", "ann", "profile_updated", "age=18", "origin=stated")
                .expect("ann adult ENTERED 2025-11-01T12:00:00Z");
    }

    @ToldEverywhere
    void lateStatedValuePrevailsOverLaterBoughtOne(Stories stories) {
        stories.of(ADULT)
                .event("2025-11-01T11:00:00Z", "ann", "profile_updated", "age=40", "origin=bought")
                .expect("ann adult ENTERED 2025-11-01T11:00:00Z")
                .event("2025-11-01T10:00:00Z", "ann", "profile_updated", "age=17", "origin=stated")
                .expect("ann adult EXITED 2025-11-01T11:00:00Z");
    }

    @ToldEverywhere
    void clearingHidesOlderValuesOfItsOriginAndOfThoseAfterIt(Stories stories) {
        stories.of(ADULT)
                .event("2025-11-01T10:00:00Z", "ann", "profile_updated", "age=40", "origin=bought")
                .expect("ann adult ENTERED 2025-11-01T10:00:00Z")
                .event("2025-11-01T11:00:00Z", "ann", "profile_updated", "cleared=age", "origin=partner")
                .expect("ann adult EXITED 2025-11-01T11:00:00Z")
                .event("2025-11-01T11:00:00.001Z", "ann", "profile_updated", "age=41", "origin=bought")
                .expect("ann adult ENTERED 2025-11-01T11:00:00.001Z")
                .event("2025-11-01T12:00:00Z", "ann", "profile_updated", "age=42", "origin=stated")
                .event("2025-11-01T13:00:00Z", "ann", "profile_updated", "cleared=age", "origin=bought")
                .expect();
    }

    @ToldEverywhere
    void erasingAnOriginShowsWhatItHid(Stories stories) {
        stories.of(ADULT, "segment: vip\nwhen: \"'vip' in profile.tags\"")
                .event("2025-11-01T10:00:00Z", "ann", "profile_updated", "age=17", "origin=bought")
                .event("2025-11-01T10:00:01Z", "ann", "profile_updated", "tags=vip:yes", "origin=bought")
                .expect("ann vip ENTERED 2025-11-01T10:00:01Z")
                .event("2025-11-01T11:00:00Z", "ann", "profile_updated", "age=40", "origin=observed")
                .expect("ann adult ENTERED 2025-11-01T11:00:00Z")
                .event("2025-11-01T12:00:00Z", "ann", "customer_erased", "origin=observed")
                .expect("ann adult EXITED 2025-11-01T12:00:00Z")
                .event("2025-11-01T13:00:00Z", "ann", "customer_erased", "origin=bought")
                .expect("ann vip EXITED 2025-11-01T13:00:00Z");
    }

    @ToldEverywhere
    void lateEventsBeforeAnErasureAreErasedToo(Stories stories) {
        stories.of(ADULT)
                .event("2025-11-01T11:00:00Z", "ann", "page_viewed")
                .event("2025-11-01T12:00:00Z", "ann", "customer_erased", "origin=bought")
                .event("2025-11-01T12:00:00Z", "ann", "profile_updated", "age=40", "origin=bought")
                .expect()
                .event("2025-11-01T12:00:00.001Z", "ann", "profile_updated", "age=40", "origin=bought")
                .expect("ann adult ENTERED 2025-11-01T12:00:00.001Z");
    }

    @ToldEverywhere
    void erasingAnOriginDoesNotCreateACustomer(Stories stories) {
        stories.of("segment: quiet\nwhen: activity.count() == 0")
                .event("2025-11-01T12:00:00Z", "ann", "customer_erased", "origin=bought")
                .timeIs("2025-11-02T12:00:00Z")
                .expect()
                .event("2025-11-02T13:00:00Z", "ann", "profile_updated", "age=40")
                .expect("ann quiet ENTERED 2025-11-02T13:00:00Z");
    }

    @ToldEverywhere
    void precedenceIsASetting(Stories stories) {
        PlanOptions options = PlanOptions.defaults()
                .withOrigins(OriginPrecedence.of(List.of("bought", "partner", "observed", "stated")));
        stories.of(options, ADULT)
                .event("2025-11-01T10:00:00Z", "ann", "profile_updated", "age=17", "origin=stated")
                .event("2025-11-01T09:00:00Z", "ann", "profile_updated", "age=40", "origin=bought")
                .expect("ann adult ENTERED 2025-11-01T10:00:00Z");
    }

    @Test
    void erasureOfAnOriginIsTheCauseOfWhatFollows() {
        List<Change> changes = Scenario.of(ADULT)
                .event("2025-11-01T10:00:00Z", "ann", "profile_updated", "age=40", "origin=bought")
                .event("2025-11-01T12:00:00Z", "ann", "customer_erased", "origin=bought")
                .changes();
        assertThat(changes).hasSize(2);
        assertThat(changes.get(1).cause()).isEqualTo(new Cause(Cause.Kind.EVENT, "e2", "customer_erased"));
    }

    @Test
    void anotherPrecedenceIsAnotherPlan() {
        PlanOptions usual = PlanOptions.defaults();
        PlanOptions other = usual.withOrigins(OriginPrecedence.of(List.of("bought", "partner", "observed", "stated")));
        assertThat(Scenario.compile(other, ADULT).fingerprint())
                .isNotEqualTo(Scenario.compile(usual, ADULT).fingerprint());
    }
}
