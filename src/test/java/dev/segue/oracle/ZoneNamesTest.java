// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import org.junit.jupiter.api.Test;

/** Time zones of events, by any of their names. */
class ZoneNamesTest {
    private static final String AT = "2026-01-15T10:20:00Z";

    @Test
    void ignoresSpaceAndCase() {
        Story.of("segment: s\nwhen: activity.filter(a, a.hour == 11).count() == 4")
                .inZone("America/New_York")
                .event(AT, "ann", "page_viewed", "timezone=europe/vienna")
                .event(AT, "ann", "page_viewed", "timezone= Europe/Vienna\t")
                .event(AT, "ann", "page_viewed", "timezone=EUROPE/VIENNA")
                .event(AT, "ann", "page_viewed", "timezone=+01:00")
                .expects("ann s ENTERED " + AT);
    }

    @Test
    void acceptsShortNamesOfDatabase() {
        Story.of("segment: s\nwhen: activity.map(a, a.hour).distinct().count() == 4")
                .event(AT, "ann", "page_viewed", "timezone=EST")
                .event(AT, "ann", "page_viewed", "timezone=mst")
                .event(AT, "ann", "page_viewed", "timezone=HST")
                .event(AT, "ann", "page_viewed", "timezone=PST8PDT")
                .expects("ann s ENTERED " + AT);
    }

    @Test
    void unknownNameMeansConfiguredZone() {
        Story.of("segment: s\nwhen: activity.filter(a, a.hour == 5).count() == 3")
                .inZone("America/New_York")
                .event(AT, "ann", "page_viewed", "timezone=PST")
                .event(AT, "ann", "page_viewed", "timezone=Pacific Standard Time")
                .event(AT, "ann", "page_viewed", "timezone= ")
                .expects("ann s ENTERED " + AT);
    }

    @Test
    void eventWithoutZoneDoesNotUseProfileZone() {
        Story.of("segment: s\nwhen: page_viewed.exists(a, a.hour == 5)")
                .inZone("America/New_York")
                .event(AT, "ann", "profile_updated", "timezone=Asia/Tokyo")
                .event(AT, "ann", "page_viewed")
                .expects("ann s ENTERED " + AT);
    }

    @Test
    void datesUseProfileZoneByAnyName() {
        Story.of("segment: s\nwhen: upcoming('2026-01-20', '1d')")
                .event("2026-01-18T10:00:00Z", "ann", "profile_updated", "timezone= asia/TOKYO")
                .event("2026-01-18T10:00:00Z", "bob", "profile_updated", "timezone=Tokyo Standard Time")
                .timeIs("2026-01-19T00:00:00Z")
                .expects("ann s ENTERED 2026-01-18T15:00:00Z", "bob s ENTERED 2026-01-19T00:00:00Z");
    }
}
