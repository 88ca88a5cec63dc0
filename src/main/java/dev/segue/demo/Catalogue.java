package dev.segue.demo;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the simulated shop sells. */
final class Catalogue {
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
            """;

    static final List<Product> PRODUCTS = read(GOODS.lines().toList());
    static final List<String> CATEGORIES =
            PRODUCTS.stream().map(Product::category).distinct().toList();

    private Catalogue() {}

    static List<Product> of(String category) {
        return PRODUCTS.stream()
                .filter(product -> product.category().equals(category))
                .toList();
    }

    static String anyCategory(SplittableRandom random) {
        return CATEGORIES.get(random.nextInt(CATEGORIES.size()));
    }

    private static List<Product> read(List<String> lines) {
        return IntStream.range(0, lines.size())
                .mapToObj(number -> product(number + 1, lines.get(number).split("\\|")))
                .collect(Collectors.toUnmodifiableList());
    }

    private static Product product(int number, String[] columns) {
        return new Product(
                "p%02d".formatted(number),
                columns[0].strip(),
                columns[1].strip(),
                columns[2].strip(),
                new BigDecimal(columns[3].strip()).setScale(4));
    }
}
