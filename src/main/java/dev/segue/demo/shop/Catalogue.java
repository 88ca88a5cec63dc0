// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The products of the simulated shop: a permanent range, and gadgets, of which a new one appears every few weeks. */
final class Catalogue {
    static final String NOVELTIES = "gadgets";

    private static final String GOODS = """
            shoes    | Fjell    | Trail Runner        |  89.90
            shoes    | Fjell    | Winter Boot         | 139.00
            shoes    | Corso    | City Sneaker        |  64.95
            shoes    | Corso    | Canvas Slip-on      |  39.95
            shoes    | Pantof   | Felt Slipper        |  29.90
            shoes    | Pantof   | Garden Clog         |  24.50
            outdoor  | Nordlys  | Two-person Tent     | 249.00
            outdoor  | Nordlys  | Down Sleeping Bag   | 179.00
            outdoor  | Fjell    | Daypack 22 l        |  79.90
            outdoor  | Fjell    | Hiking Poles        |  54.90
            outdoor  | Lumen    | Head Torch          |  34.95
            outdoor  | Lumen    | Camp Lantern        |  27.95
            kitchen  | Gusto    | Cast-iron Pan       |  59.00
            kitchen  | Gusto    | Chef's Knife        |  74.50
            kitchen  | Gusto    | Pepper Mill         |  32.00
            kitchen  | Bruno    | Espresso Pot        |  28.90
            kitchen  | Bruno    | Burr Grinder        | 119.00
            kitchen  | Bruno    | Milk Frother        |  44.90
            audio    | Timbre   | Over-ear Headphones | 199.00
            audio    | Timbre   | Earbuds             |  99.00
            audio    | Timbre   | Turntable           | 289.00
            audio    | Lumen    | Kitchen Radio       |  69.00
            audio    | Lumen    | Travel Speaker      |  49.00
            audio    | Lumen    | Speaker Cable 5 m   |  14.90
            books    | Quire    | Bread at Home       |  26.00
            books    | Quire    | Knots and Hitches   |  18.50
            books    | Quire    | A Year of Stars     |  34.00
            books    | Folio    | The Long Ferry      |  12.00
            books    | Folio    | Salt Road           |  14.00
            books    | Folio    | Night Gardens       |  16.00
            beauty   | Alba     | Hand Cream          |   9.95
            beauty   | Alba     | Shampoo Bar         |   8.50
            beauty   | Alba     | Sun Milk SPF 50     |  15.95
            beauty   | Rue Cinq | Eau de Toilette     |  72.00
            beauty   | Rue Cinq | Shaving Set         |  58.00
            beauty   | Rue Cinq | Nail File           |   6.50
            gadgets  | Klick    | Pocket Projector    | 159.00 | 178
            gadgets  | Klick    | Plant Sensor        |  39.00 | 157
            gadgets  | Klick    | Smart Kettle        |  89.00 | 136
            gadgets  | Voltino  | Solar Charger       |  49.00 | 115
            gadgets  | Voltino  | Bike Beacon         |  34.00 |  94
            gadgets  | Voltino  | Folding Keyboard    |  59.00 |  73
            gadgets  | Voltino  | Key Finder          |  24.00 |  52
            gadgets  | Mira     | Sleep Lamp          |  79.00 |  31
            gadgets  | Mira     | Posture Clip        |  45.00 |  10
            gadgets  | Mira     | Tea Timer           |  19.00 |   2
            gadgets  | Klick    | Wall Clock Camera   | 119.00 | -11
            gadgets  | Voltino  | Desk Fan            |  29.00 | -25
            """;

    private final Map<String, List<ShopProduct>> byCategory;
    private final List<String> categories;

    /** @param opens reference for the last column above: how many days earlier a product was launched */
    Catalogue(Instant opens) {
        List<String> lines = GOODS.lines().toList();
        List<ShopProduct> products = IntStream.range(0, lines.size())
                .mapToObj(number -> product(number + 1, lines.get(number).split("\\|"), opens))
                .toList();
        this.byCategory = products.stream().collect(Collectors.groupingBy(ShopProduct::category));
        this.categories = products.stream()
                .map(ShopProduct::category)
                .distinct()
                .filter(category -> !category.equals(NOVELTIES))
                .toList();
    }

    List<ShopProduct> of(String category) {
        return byCategory.getOrDefault(category, List.of());
    }

    ShopProduct anyOf(String category, SplittableRandom random) {
        List<ShopProduct> products = of(category);
        return products.get(random.nextInt(products.size()));
    }

    /** The categories of the permanent range. */
    List<String> categories() {
        return categories;
    }

    String anyCategory(SplittableRandom random) {
        return categories.get(random.nextInt(categories.size()));
    }

    /** Returns the products launched until {@code time}, in milliseconds since the epoch; oldest first. */
    List<ShopProduct> novelties(long time) {
        return of(NOVELTIES).stream()
                .filter(product ->
                        product.launchedAt() == null || product.launchedAt().toEpochMilli() <= time)
                .toList();
    }

    private static ShopProduct product(int number, String[] columns, Instant opens) {
        return new ShopProduct(
                "p%02d".formatted(number),
                columns[0].strip(),
                columns[1].strip(),
                columns[2].strip(),
                new BigDecimal(columns[3].strip()).setScale(4),
                columns.length > 4 ? opens.minus(Duration.ofDays(Long.parseLong(columns[4].strip()))) : null);
    }
}
