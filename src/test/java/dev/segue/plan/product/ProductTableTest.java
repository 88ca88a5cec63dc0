// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import dev.segue.plan.product.ProductTable.Numbered;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProductTableTest {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final Map<String, ProductFacts> settled = new HashMap<>();
    private final ProductTable table = new ProductTable(settled::get, 0);

    @Test
    void factsAreValidFromTheirInstantUpToTheNext() {
        add("p1", 1, 100);
        add("p1", 2, 200);
        assertThat(table.at("p1", 99)).isNull();
        assertThat(stock("p1", 100)).isEqualTo(1);
        assertThat(stock("p1", 199)).isEqualTo(1);
        assertThat(stock("p1", 200)).isEqualTo(2);
        assertThat(table.at("p2", 200)).isNull();
    }

    @Test
    void sameAndEarlierFactsAreNotAdded() {
        add("p1", 1, 100);
        assertThat(table.add(facts("p1", 1, 150))).isNull();
        assertThat(table.add(facts("p1", 2, 99))).isNull();
        assertThat(table.add(facts("p1", 2, 100))).isNotNull();
        assertThat(stock("p1", 100)).isEqualTo(2);
    }

    @Test
    void instantsDoNotGoBack() {
        add("p1", 1, 100);
        add("p2", 1, 90);
        assertThat(table.at("p2", 99)).isNull();
        assertThat(stock("p2", 100)).isEqualTo(1);
    }

    @Test
    void onlyFactsThatWereNotSeenChangeAnything() {
        add("p1", 1, 100);
        add("p2", 1, 200);
        AskedProducts asked = new AskedProducts();
        assertThat(table.changesAt(asked, 50)).isEqualTo(NEVER);
        asked.set(0, new int[] {AskedProducts.hash("p2")});
        assertThat(table.changesAt(asked, 50)).isEqualTo(200);
        assertThat(table.changesAt(asked, 250)).isEqualTo(250);
        asked.setSeen(table.numberAt(199));
        assertThat(asked.seen()).isEqualTo(1);
        assertThat(table.changesAt(asked, 199)).isEqualTo(200);
        asked.setSeen(table.numberAt(200));
        assertThat(table.changesAt(asked, 200)).isEqualTo(NEVER);
    }

    @Test
    void settledFactsAreLookedUp() {
        add("p1", 1, 100);
        add("p1", 2, 200);
        add("p2", 5, 300);
        settle(200);
        assertThat(settled.keySet()).containsExactly("p1");
        assertThat(table.numberAt(200)).isEqualTo(2);
        assertThat(table.numberAt(300)).isEqualTo(3);
        assertThat(stock("p1", 250)).isEqualTo(2);
        AskedProducts asked = new AskedProducts();
        asked.set(0, new int[] {AskedProducts.hash("p1"), AskedProducts.hash("p2")});
        assertThat(table.changesAt(asked, 0)).isEqualTo(300);
        add("p1", 3, 400);
        assertThat(stock("p1", 399)).isEqualTo(2);
    }

    @Test
    void goesOnAfterARestart() {
        add("p1", 1, 100);
        settle(100);
        Numbered open = add("p1", 2, 200);
        ProductTable restored = new ProductTable(settled::get, 1);
        settled.values().forEach(restored::remember);
        assertThat(restored.restore(open.number(), open.facts())).isEqualTo(open);
        assertThat(restored.numberAt(NEVER)).isEqualTo(2);
        assertThat(restored.at("p1", 199)).isEqualTo(table.at("p1", 199));
        assertThat(restored.at("p1", 200)).isEqualTo(table.at("p1", 200));
    }

    @Test
    void launchesAreThoseOfTheCategoryInTheTimeBeforeNow() {
        launch("a", "shoes", 10 * DAY, 1);
        launch("b", "shoes", 12 * DAY, 2);
        launch("c", "hats", 12 * DAY, 3);
        launch("d", "shoes", 12 * DAY, 4);
        assertThat(table.launched("shoes", 10 * DAY - 1, DAY).products()).isEmpty();
        assertThat(table.launched("shoes", 10 * DAY, DAY).products()).containsExactly("a");
        assertThat(table.launched("shoes", 11 * DAY - 1, DAY).products()).containsExactly("a");
        assertThat(table.launched("shoes", 11 * DAY, DAY).products()).isEmpty();
        assertThat(table.launched("shoes", 12 * DAY, 7 * DAY).products()).containsExactly("b", "d", "a");
        assertThat(table.launched("Shoes", 12 * DAY, 7 * DAY).products()).isEmpty();
    }

    @Test
    void launchesSayWhenTimeAloneChangesThem() {
        launch("a", "shoes", 10 * DAY, 1);
        launch("b", "shoes", 12 * DAY, 2);
        assertThat(table.launched("shoes", 9 * DAY, DAY).stableUntil()).isEqualTo(10 * DAY);
        assertThat(table.launched("shoes", 10 * DAY, DAY).stableUntil()).isEqualTo(11 * DAY);
        assertThat(table.launched("shoes", 10 * DAY, 7 * DAY).stableUntil()).isEqualTo(12 * DAY);
        assertThat(table.launched("shoes", 19 * DAY, 7 * DAY).stableUntil()).isEqualTo(NEVER);
    }

    @Test
    void launchesAreAskedAboutByCategory() {
        AskedProducts shoes = new AskedProducts();
        shoes.set(0, new int[] {AskedProducts.hashOfLaunches("shoes")});
        launch("a", "shoes", 10, 1);
        assertThat(table.changesAt(shoes, 0)).isEqualTo(1);
        shoes.setSeen(1);
        launch("b", "hats", 10, 2);
        launch("b", "hats", 11, 3);
        assertThat(table.changesAt(shoes, 0)).isEqualTo(NEVER);
        launch("a", "hats", 10, 4);
        assertThat(table.changesAt(shoes, 0)).isEqualTo(4);
        shoes.setSeen(4);
        launch("b", "shoes", 11, 5);
        assertThat(table.changesAt(shoes, 0)).isEqualTo(5);
    }

    @Test
    void launchThatWasPutOffIsKnownByItsLatestDate() {
        launch("a", "shoes", 10 * DAY, 1);
        launch("a", "shoes", 12 * DAY, 9 * DAY);
        settle(9 * DAY);
        assertThat(table.launched("shoes", 10 * DAY, DAY).products()).isEmpty();
        assertThat(table.launched("shoes", 12 * DAY, DAY).products()).containsExactly("a");
    }

    @Test
    void launchesOfAQuarterAgoAreForgotten() {
        launch("a", "shoes", DAY, 1);
        launch("b", "shoes", DAY + 1, 2);
        settle(91 * DAY);
        long longest = Launches.LONGEST.toMillis();
        assertThat(table.launched("shoes", 91 * DAY, longest).products()).containsExactly("b");
    }

    @Test
    void listsTheLatestLaunchesOnly() {
        for (int number = 0; number <= Launches.MOST; number++) {
            launch("p" + number, "shoes", number, number);
        }
        Launches.Found found = table.launched("shoes", 1000, 10_000);
        assertThat(found.clipped()).isTrue();
        assertThat(found.products())
                .hasSize(Launches.MOST)
                .startsWith("p256", "p255")
                .doesNotContain("p0");
    }

    private Numbered add(String product, long stock, long at) {
        Numbered added = table.add(facts(product, stock, at));
        assertThat(added).isNotNull();
        return added;
    }

    private void launch(String product, String category, long launchedAt, long at) {
        Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        values[ProductFacts.TYPE.slot("category")] = category;
        values[ProductFacts.TYPE.slot("launched_at")] = Instant.ofEpochMilli(launchedAt);
        assertThat(table.add(new ProductFacts(product, at, new Fields(ProductFacts.TYPE, values))))
                .isNotNull();
    }

    private void settle(long instant) {
        List<Numbered> gone = table.settle(instant);
        gone.forEach(one -> settled.put(one.facts().productId(), one.facts()));
    }

    private long stock(String product, long at) {
        ProductFacts known = table.at(product, at);
        assertThat(known).isNotNull();
        return (Long) known.fields().get("stock");
    }

    private static ProductFacts facts(String product, long stock, long at) {
        Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        values[ProductFacts.TYPE.slot("stock")] = stock;
        return new ProductFacts(product, at, new Fields(ProductFacts.TYPE, values));
    }
}
