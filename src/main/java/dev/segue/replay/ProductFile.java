// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.event.Field;
import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import dev.segue.plan.product.ProductTable;
import dev.segue.replay.file.BrokenFile;
import dev.segue.replay.file.NamedRows;
import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.UnreadableFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of products: one row for each product and instant. A row that names only the product says that it was
 * withdrawn. When a product was sold out and back in stock follows from its stocks, so that no row says it.
 *
 * @param facts in the file's order, without what follows from earlier ones; {@link ProductFacts#SINCE_EVER known since ever} if
 *     the row does not say since when
 * @param problems rows that are left out, each as {@code FILE:LINE: what is wrong, and how to mend it.}; at most
 *     {@value #MOST_PROBLEMS}, and then how many more there are
 */
public record ProductFile(List<ProductFacts> facts, List<String> problems) {
    private static final int MOST_PROBLEMS = 20;
    private static final String PRODUCT_ID = "product_id";
    private static final String AT = "at";
    private static final String VARIANTS = "variants";
    private static final List<String> COLUMNS =
            List.of(PRODUCT_ID, AT, "name", "url", "image", "category", "price", "stock", "launched_at", VARIANTS);

    public ProductFile {
        facts = List.copyOf(facts);
        problems = List.copyOf(problems);
    }

    /**
     * Reads a file, plain or gzip: CSV with a header if its name ends with {@code .csv}, otherwise JSON lines.
     *
     * @throws UnreadableFile if the file is absent, has other columns, or says nothing of any product
     */
    public static ProductFile read(Path file) {
        List<ProductFacts> facts = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        long refused = 0;
        try (NamedRows rows = NamedRows.open(file, COLUMNS, PRODUCT_ID)) {
            for (boolean open = true; open; ) {
                try {
                    Map<String, Object> row = rows.next();
                    open = row != null;
                    if (row != null) {
                        facts.add(facts(row));
                    }
                } catch (RefusedRow bad) {
                    if (refused++ < MOST_PROBLEMS) {
                        String detail = bad.detail().isEmpty() ? "" : " " + bad.detail();
                        problems.add(file + ":" + rows.line() + ": " + bad.reason() + detail + ".");
                    }
                }
            }
        } catch (BrokenFile broken) {
            problems.add(String.valueOf(broken.getMessage()));
        }
        if (refused > MOST_PROBLEMS) {
            problems.add(file + ": " + (refused - MOST_PROBLEMS) + " more rows were left out.");
        }
        if (facts.isEmpty()) {
            problems.add(file + " says nothing of any product: it needs at least one row with " + PRODUCT_ID
                    + " and what is known of the product.");
            throw new UnreadableFile(String.join("\n", problems));
        }
        return new ProductFile(facts, problems);
    }

    /** Puts facts into the order of their instants, and adds what follows from earlier ones. */
    public static ProductTable table(List<ProductFacts> facts) {
        ProductTable table = new ProductTable();
        List<ProductFacts> sorted = new ArrayList<>(facts);
        sorted.sort(Comparator.comparingLong(ProductFacts::at));
        for (ProductFacts next : sorted) {
            ProductTable.Numbered unused = table.add(next.after(table.at(next.productId(), Long.MAX_VALUE)));
        }
        return table;
    }

    /**
     * Returns what one row says.
     *
     * @param row values by the file's columns; those that are not known are absent
     * @throws RefusedRow if a value is not what its column needs; the reason says how to mend it
     */
    public static ProductFacts facts(Map<String, Object> row) throws RefusedRow {
        Object product = row.get(PRODUCT_ID);
        if (product == null) {
            throw new RefusedRow(PRODUCT_ID + " is missing; every row names the product that it is about");
        }
        Object at = row.get(AT);
        @Nullable Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        for (Field field : ProductFacts.TYPE.fields()) {
            Object value = row.get(field.name());
            if (value != null) {
                values[ProductFacts.TYPE.slot(field.name())] = FactValues.typed(field.name(), value);
            }
        }
        Object variants = row.get(VARIANTS);
        return new ProductFacts(
                FactValues.text(PRODUCT_ID, product),
                at == null
                        ? ProductFacts.SINCE_EVER
                        : FactValues.instant(AT, at).toEpochMilli(),
                new Fields(ProductFacts.TYPE, values),
                variants == null ? Map.of() : VariantsColumn.read(variants));
    }
}
