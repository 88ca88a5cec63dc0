// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.demo.ShopEvents;
import dev.segue.serde.event.EventSchemas;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LivedShopTest {
    private static final int SHOPPERS = 100;
    private static final int EVENTS = 1000;

    private static EventSchemas schemas;

    @TempDir
    private Path directory;

    private final List<String> told = new ArrayList<>();

    @BeforeAll
    static void readSchemas() throws Exception {
        schemas = EventSchemas.read(Path.of("schemas", "events"));
    }

    @Test
    void hasTheSimulatedEventsWithAllDaysBeforeTheMeasuredPart() throws Exception {
        LivedShop shop = open(1);
        ShopEvents simulated = new ShopEvents(schemas.vocabulary(), 1, SHOPPERS);
        int[] read = {0};
        shop.forEach(EVENTS, event -> {
            assertThat(simulated.isYoungerThan(ShopEvents.LIVED)).isEqualTo(read[0] < shop.history());
            // Reading sets the origin of profile data that names none.
            assertThat(event.toString().replace(", origin=stated", ""))
                    .isEqualTo(simulated.next().toString());
            read[0]++;
        });
        assertThat(read[0]).isEqualTo(shop.history() + EVENTS);
    }

    @Test
    void simulatesOncePerSeedAndAgainForMoreEvents() throws Exception {
        int history = open(1).history();
        assertThat(open(1).history()).isEqualTo(history);
        assertThat(open(2).history()).isNotEqualTo(history);
        assertThat(open(1, EVENTS + 1).history()).isEqualTo(history);
        String simulates = "simulates 120 days of the lived shop";
        assertThat(told)
                .containsExactly(
                        simulates,
                        "read 120 days of the lived shop from "
                                + directory.resolve("lived-shop-100-shoppers-seed-1.events.gz"),
                        simulates,
                        simulates);
    }

    private LivedShop open(long seed) throws IOException {
        return open(seed, EVENTS);
    }

    private LivedShop open(long seed, int events) throws IOException {
        return LivedShop.open(directory, schemas, seed, SHOPPERS, events, told::add);
    }
}
