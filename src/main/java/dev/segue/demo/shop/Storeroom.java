// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the simulated shop says of its products, in order of time: all of them when it opens; then some run low, are sold out
 * and come back, some cost less for a while, and now and then there is a new one. Equal settings give equal facts.
 */
public final class Storeroom {
    private static final long STEP = Duration.ofMinutes(10).toMillis();
    private static final int STEPS_TO_A_LAUNCH = 12;
    private static final int FEW = 5;
    private static final BigDecimal REDUCED = new BigDecimal("0.8");
    private static final int MONEY_PLACES = 4;

    private final SplittableRandom random;
    private final List<Shelf> shelves = new ArrayList<>();
    private final List<String> categories;
    private final Deque<ProductFacts> next = new ArrayDeque<>();
    private long time;
    private long steps;

    /** One product as it is now. */
    private static final class Shelf {
        private final ShopProduct product;
        private int stock;
        private boolean reduced;

        private Shelf(ShopProduct product, int stock) {
            this.product = product;
            this.stock = stock;
        }
    }

    public Storeroom(ShopSettings settings) {
        this.random = new SplittableRandom(settings.seed() + 1);
        this.time = settings.opens().toEpochMilli();
        Catalogue catalogue = new Catalogue(settings.opens());
        this.categories = catalogue.categories();
        List<String> all = new ArrayList<>(categories);
        all.add(Catalogue.NOVELTIES);
        all.forEach(category ->
                catalogue.of(category).forEach(product -> shelves.add(new Shelf(product, 20 + random.nextInt(40)))));
        shelves.forEach(shelf -> next.add(facts(shelf)));
    }

    /** The time of the next facts, in milliseconds since the epoch. */
    public long nextTime() {
        return peek().at();
    }

    /** Removes and returns the next facts. */
    public ProductFacts next() {
        ProductFacts facts = peek();
        next.remove();
        return facts;
    }

    private ProductFacts peek() {
        while (next.isEmpty()) {
            time += STEP;
            steps++;
            if (steps % STEPS_TO_A_LAUNCH == 0) {
                launch();
            }
            Shelf shelf = shelves.get(random.nextInt(shelves.size()));
            change(shelf);
            next.add(facts(shelf));
        }
        return next.element();
    }

    private void launch() {
        long number = steps / STEPS_TO_A_LAUNCH;
        String category = categories.get((int) (number % categories.size()));
        ShopProduct product = new ShopProduct(
                "n%02d".formatted(number),
                category,
                "Fresh",
                "New in " + category + ", no. " + number,
                new BigDecimal(20 + random.nextInt(80)).setScale(MONEY_PLACES),
                Instant.ofEpochMilli(time));
        Shelf shelf = new Shelf(product, 30);
        shelves.add(shelf);
        next.add(facts(shelf));
    }

    private void change(Shelf shelf) {
        if (random.nextInt(3) == 0) {
            shelf.reduced = !shelf.reduced;
        } else if (shelf.stock > FEW) {
            shelf.stock = random.nextInt(FEW + 1);
        } else {
            shelf.stock = shelf.stock > 0 ? 0 : 40;
        }
    }

    private ProductFacts facts(Shelf shelf) {
        ShopProduct product = shelf.product;
        BigDecimal price = shelf.reduced
                ? product.price().multiply(REDUCED).setScale(MONEY_PLACES, RoundingMode.HALF_EVEN)
                : product.price();
        @Nullable Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        values[ProductFacts.TYPE.slot("name")] = product.brand() + " " + product.name();
        values[ProductFacts.TYPE.slot("category")] = product.category();
        values[ProductFacts.TYPE.slot("price")] = price;
        values[ProductFacts.TYPE.slot("stock")] = (long) shelf.stock;
        values[ProductFacts.TYPE.slot("launched_at")] = product.launchedAt();
        return new ProductFacts(product.id(), time, new Fields(ProductFacts.TYPE, values));
    }
}
