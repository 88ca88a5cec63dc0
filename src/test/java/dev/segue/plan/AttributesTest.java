// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import dev.segue.event.Evidence;
import dev.segue.story.Stories;
import dev.segue.story.ToldEverywhere;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Maps of mixed values, and records in the profile. */
class AttributesTest {
    @ToldEverywhere
    void propertyIsComparedAsTheOtherSidesType(Stories stories) {
        stories.of(
                        "segment: size-m\nwhen: custom_event.exists(e, e.name == 'Size Guide' && e.properties['size'] == 'M')",
                        "segment: costly\nwhen: custom_event.exists(e, e.properties['price'] > 20)",
                        "segment: gift\nwhen: custom_event.exists(e, e.properties.gift == true)")
                .event("2025-11-01T10:00:00Z", "ann", "custom_event", "name=Size Guide", "properties=size:L")
                .event("2025-11-01T10:01:00Z", "ann", "custom_event", "name=Other", "properties=size:M")
                .event("2025-11-01T10:02:00Z", "ann", "custom_event", "properties=price:20")
                .event("2025-11-01T10:03:00Z", "ann", "custom_event", "properties=gift:false")
                .event("2025-11-01T10:04:00Z", "ann", "custom_event")
                .expect()
                .event("2025-11-01T10:05:00Z", "ann", "custom_event", "name=Size Guide", "properties=size:M")
                .expect("ann size-m ENTERED 2025-11-01T10:05:00Z")
                .event("2025-11-01T10:06:00Z", "ann", "custom_event", "properties=price:20.01")
                .expect("ann costly ENTERED 2025-11-01T10:06:00Z")
                .event("2025-11-01T10:07:00Z", "ann", "custom_event", "properties=gift:true")
                .expect("ann gift ENTERED 2025-11-01T10:07:00Z");
    }

    @ToldEverywhere
    void attributeOfAnotherTypeMakesEveryComparisonFalse(Stories stories) {
        stories.of(
                        "segment: other\nwhen: custom_event.exists(e, e.properties['size'] != 'M')",
                        "segment: not-m\nwhen: custom_event.exists(e, !(e.properties['size'] == 'M'))",
                        "segment: among\nwhen: custom_event.exists(e, e.properties['size'] in [42, 43])")
                .event("2025-11-01T10:00:00Z", "ann", "custom_event", "properties=size:true")
                .expect("ann not-m ENTERED 2025-11-01T10:00:00Z")
                .event("2025-11-01T10:01:00Z", "ann", "custom_event", "properties=size:42")
                .expect("ann among ENTERED 2025-11-01T10:01:00Z")
                .event("2025-11-01T10:02:00Z", "ann", "custom_event", "properties=size:L")
                .expect("ann other ENTERED 2025-11-01T10:02:00Z");
    }

    @ToldEverywhere
    void functionsOfNumbersLeaveOutOtherValues(Stories stories) {
        stories.of(
                        "segment: sum\nwhen: custom_event.map(e, e.properties['price']).sum() >= 30",
                        "segment: mean\nwhen: custom_event.map(e, e.properties['price']).avg() > 14.0")
                .event("2025-11-01T10:00:00Z", "ann", "custom_event", "properties=price:10")
                .event("2025-11-01T10:01:00Z", "ann", "custom_event", "properties=price:free")
                .event("2025-11-01T10:02:00Z", "ann", "custom_event", "properties=cost:99")
                .expect()
                .event("2025-11-01T10:03:00Z", "ann", "custom_event", "properties=price:20")
                .expect("ann mean ENTERED 2025-11-01T10:03:00Z", "ann sum ENTERED 2025-11-01T10:03:00Z");
    }

    @ToldEverywhere
    void attributesMergeByNameAndEmptyTextRemoves(Stories stories) {
        stories.of(
                        "segment: gold\nwhen: profile.attributes['plan'] == 'gold'",
                        "segment: large\nwhen: has(profile.attributes.seats) && profile.attributes['seats'] >= 10")
                .event("2025-11-01T10:00:00Z", "ann", "profile_updated", "attributes=plan:gold")
                .expect("ann gold ENTERED 2025-11-01T10:00:00Z")
                .event("2025-11-01T10:01:00Z", "ann", "profile_updated", "attributes=seats:10")
                .expect("ann large ENTERED 2025-11-01T10:01:00Z")
                .event("2025-11-01T10:02:00Z", "ann", "profile_updated", "attributes=plan:")
                .expect("ann gold EXITED 2025-11-01T10:02:00Z")
                .event("2025-11-01T10:03:00Z", "ann", "profile_updated", "cleared=attributes")
                .expect("ann large EXITED 2025-11-01T10:03:00Z");
    }

    @ToldEverywhere
    void unsetConsentIsNo(Stories stories) {
        stories.of(
                        "segment: email\nwhen: profile.consent.email == true",
                        "segment: refused\nwhen: has(profile.consent.sms) && !profile.consent.sms")
                .event("2025-11-01T10:00:00Z", "ann", "profile_updated", "consent=sms:false")
                .expect("ann refused ENTERED 2025-11-01T10:00:00Z")
                .event("2025-11-01T10:01:00Z", "ann", "profile_updated", "consent=email:true")
                .expect("ann email ENTERED 2025-11-01T10:01:00Z")
                .event("2025-11-01T10:02:00Z", "ann", "profile_updated", "cleared=consent", "consent=email:true")
                .expect("ann refused EXITED 2025-11-01T10:02:00Z");
    }

    @Test
    void evidenceShowsTheAttributeThatWasAskedFor() {
        Change change = Scenario.of("segment: gold\nwhen: profile.attributes['plan'] == 'gold'"
                        + "\ncarry: {seats: \"profile.attributes['seats']\", trial: \"profile.attributes['trial']\"}")
                .event("2025-11-01T10:00:00Z", "ann", "profile_updated", "attributes=seats:10")
                .event("2025-11-01T10:01:00Z", "ann", "profile_updated", "attributes=plan:gold")
                .changes()
                .get(0);
        assertThat(change.evidence()).containsExactly(new Evidence("profile.attributes['plan']", "gold", false, false));
        assertThat(change.carry()).isEqualTo(Map.of("seats", 10.0));
    }

    @Test
    void otherNamesOfTheMapNeedNoSpace() {
        Plan plan = Scenario.compile("segment: sum\nwhen: custom_event.map(e, e.properties['price']).sum() >= 30");
        assertThat(plan.segments()).isEqualTo(List.of("sum"));
    }
}
