// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plan.state.Limit;
import dev.segue.plan.state.ProfileState;
import dev.segue.story.Stories;
import dev.segue.story.ToldEverywhere;
import org.junit.jupiter.api.Test;

class ProfileClearedTest {
    private static final String GOLD = "segment: gold\nwhen: profile.favourite == 'gold'";
    private static final String SAID = "segment: said\nwhen: has(profile.favourite)";
    private static final String ADULT = "segment: adult\nwhen: profile.age >= 18";
    private static final String VIP = "segment: vip\nwhen: \"'vip' in profile.tags\"";
    private static final String TAGGED = "segment: tagged\nwhen: has(profile.tags)";

    @ToldEverywhere
    void clearedUnsetsTextsAndNumbers(Stories stories) {
        stories.of(GOLD, SAID, ADULT)
                .event("2026-05-04T08:00:00Z", "ann", "profile_updated", "favourite=gold", "age=40")
                .expect(
                        "ann adult ENTERED 2026-05-04T08:00:00Z",
                        "ann gold ENTERED 2026-05-04T08:00:00Z",
                        "ann said ENTERED 2026-05-04T08:00:00Z")
                .event("2026-05-04T09:00:00Z", "ann", "profile_updated")
                .expect()
                .event("2026-05-04T10:00:00Z", "ann", "profile_updated", "cleared=age,favourite")
                .expect(
                        "ann adult EXITED 2026-05-04T10:00:00Z",
                        "ann gold EXITED 2026-05-04T10:00:00Z",
                        "ann said EXITED 2026-05-04T10:00:00Z")
                .event("2026-05-04T11:00:00Z", "ann", "profile_updated", "age=41")
                .expect("ann adult ENTERED 2026-05-04T11:00:00Z");
    }

    @ToldEverywhere
    void emptyTextUnsets(Stories stories) {
        stories.of(SAID)
                .event("2026-05-04T08:00:00Z", "ann", "profile_updated", "favourite=gold")
                .expect("ann said ENTERED 2026-05-04T08:00:00Z")
                .event("2026-05-04T09:00:00Z", "ann", "profile_updated", "favourite=")
                .expect("ann said EXITED 2026-05-04T09:00:00Z");
    }

    @ToldEverywhere
    void clearingAppliesToOlderStatementsOnly(Stories stories) {
        stories.of(ADULT)
                .event("2026-05-04T10:00:00Z", "ann", "profile_updated", "cleared=age")
                .event("2026-05-04T09:59:59.999Z", "ann", "profile_updated", "age=40")
                .expect()
                .event("2026-05-04T10:00:00Z", "ann", "profile_updated", "age=41")
                .expect("ann adult ENTERED 2026-05-04T10:00:00Z")
                .event("2026-05-04T09:59:59.999Z", "ann", "profile_updated", "cleared=age")
                .expect()
                .event("2026-05-04T10:00:00Z", "ann", "profile_updated", "cleared=age")
                .expect("ann adult EXITED 2026-05-04T10:00:00Z");
    }

    @ToldEverywhere
    void statementInSameEventAppliesAfterClearing(Stories stories) {
        stories.of(ADULT, VIP, "segment: new\nwhen: \"'new' in profile.tags\"")
                .event("2026-05-04T08:00:00Z", "ann", "profile_updated", "tags=vip:yes", "age=17")
                .expect("ann vip ENTERED 2026-05-04T08:00:00Z")
                .event("2026-05-04T09:00:00Z", "ann", "profile_updated", "cleared=age,tags", "age=18", "tags=new:yes")
                .expect(
                        "ann adult ENTERED 2026-05-04T09:00:00Z",
                        "ann new ENTERED 2026-05-04T09:00:00Z",
                        "ann vip EXITED 2026-05-04T09:00:00Z");
    }

    @ToldEverywhere
    void emptyTextRemovesKeyButNotMap(Stories stories) {
        stories.of(VIP, TAGGED)
                .event("2026-05-04T08:00:00Z", "ann", "profile_updated", "tags=vip:yes")
                .expect("ann tagged ENTERED 2026-05-04T08:00:00Z", "ann vip ENTERED 2026-05-04T08:00:00Z")
                .event("2026-05-04T09:00:00Z", "ann", "profile_updated", "tags=vip:")
                .expect("ann vip EXITED 2026-05-04T09:00:00Z")
                .event("2026-05-04T08:59:59.999Z", "ann", "profile_updated", "tags=vip:late")
                .expect();
    }

    @ToldEverywhere
    void clearedMapLosesEarlierKeys(Stories stories) {
        stories.of(VIP, TAGGED)
                .event("2026-05-04T08:00:00Z", "ann", "profile_updated", "tags=vip:yes")
                .event("2026-05-04T08:01:00Z", "ann", "profile_updated", "tags=other:yes")
                .expect("ann tagged ENTERED 2026-05-04T08:00:00Z", "ann vip ENTERED 2026-05-04T08:00:00Z")
                .event("2026-05-04T10:00:00Z", "ann", "profile_updated", "cleared=tags")
                .expect("ann tagged EXITED 2026-05-04T10:00:00Z", "ann vip EXITED 2026-05-04T10:00:00Z")
                .event("2026-05-04T09:59:59.999Z", "ann", "profile_updated", "tags=vip:late")
                .expect()
                .event("2026-05-04T11:00:00Z", "ann", "profile_updated", "tags=another:yes")
                .expect("ann tagged ENTERED 2026-05-04T11:00:00Z");
    }

    @ToldEverywhere
    void lateClearingKeepsLaterKeys(Stories stories) {
        stories.of(VIP, TAGGED)
                .event("2026-05-04T08:00:00Z", "ann", "profile_updated", "tags=vip:yes")
                .event("2026-05-04T10:00:00Z", "ann", "profile_updated", "tags=other:yes")
                .expect("ann tagged ENTERED 2026-05-04T08:00:00Z", "ann vip ENTERED 2026-05-04T08:00:00Z")
                .event("2026-05-04T09:00:00Z", "ann", "profile_updated", "cleared=tags")
                .expect("ann vip EXITED 2026-05-04T10:00:00Z");
    }

    @Test
    void clearedFieldIsNoAttribute() {
        Scenario scenario = Scenario.of(GOLD)
                .event("2026-05-04T08:00:00Z", "ann", "profile_updated", "favourite=gold", "age=40", "tags=vip:yes")
                .event("2026-05-04T09:00:00Z", "ann", "profile_updated", "favourite=", "cleared=tags");
        assertThat(scenario.plan().profile(scenario.state("ann")).attributes()).containsOnlyKeys("age");
    }

    @Test
    void clearsFieldsOfFullProfile() {
        Scenario scenario = Scenario.of(VIP, ADULT).event("2026-05-04T08:00:00Z", "ann", "profile_updated", "age=40");
        scenario.event("2026-05-04T08:00:00Z", "ann", "profile_updated", "tags=vip:yes");
        for (int key = 0; key < ProfileState.CAP; key++) {
            scenario.event("2026-05-04T08:00:01Z", "ann", "profile_updated", "tags=k" + key + ":yes");
        }
        assertThat(scenario.limits()).containsOnly(Limit.PROFILE);
        scenario.changes();
        scenario.event("2026-05-04T09:00:00Z", "ann", "profile_updated", "cleared=tags,age")
                .expect("ann adult EXITED 2026-05-04T09:00:00Z", "ann vip EXITED 2026-05-04T09:00:00Z");
    }
}
