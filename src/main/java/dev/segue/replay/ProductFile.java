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
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
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
    private static final String PRICE = "price";
    private static final String STOCK = "stock";
    private static final String LAUNCHED_AT = "launched_at";

    private static final List<String> COLUMNS =
            List.of(PRODUCT_ID, AT, "name", "url", "image", "category", PRICE, STOCK, LAUNCHED_AT);

    /** Money has four places, and at most 14 digits before them. */
    private static final int PLACES = 4;

    private static final int DIGITS = 14;
    private static final int LONGEST_NUMBER = 64;

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
                values[ProductFacts.TYPE.slot(field.name())] = typed(field.name(), value);
            }
        }
        return new ProductFacts(
                text(PRODUCT_ID, product),
                at == null ? ProductFacts.SINCE_EVER : instant(AT, at).toEpochMilli(),
                new Fields(ProductFacts.TYPE, values));
    }

    private static Object typed(String field, Object value) throws RefusedRow {
        return switch (field) {
            case PRICE -> price(value);
            case STOCK -> stock(value);
            case LAUNCHED_AT -> instant(field, value);
            default -> text(field, value);
        };
    }

    /** A number is a text too: many shops number their products. */
    private static String text(String field, Object value) throws RefusedRow {
        if (value instanceof String || value instanceof Long) {
            return value.toString();
        }
        throw new RefusedRow(field + " is " + RefusedRow.quote(value) + " and not a text; write it in quotation marks");
    }

    private static Instant instant(String field, Object value) throws RefusedRow {
        try {
            Instant instant = OffsetDateTime.parse(value.toString().strip()).toInstant();
            long unused = instant.toEpochMilli();
            return instant;
        } catch (DateTimeException | ArithmeticException unreadable) {
            throw new RefusedRow(
                    field + " " + RefusedRow.quote(value) + " is not a time; write it like 2025-11-01T00:00:00Z");
        }
    }

    private static BigDecimal price(Object value) throws RefusedRow {
        BigDecimal price = number(PRICE, value);
        if (price.signum() < 0) {
            throw new RefusedRow(PRICE + " " + RefusedRow.quote(value)
                    + " is negative; write the price of one piece, or leave it out if it is not known");
        }
        // Of a number with many digits, no more may be written out.
        if (price.signum() != 0 && (long) price.precision() - price.scale() > DIGITS) {
            throw new RefusedRow(PRICE + " " + RefusedRow.quote(value) + " has more than " + DIGITS
                    + " digits before the point; write the price of one piece");
        }
        try {
            return price.signum() == 0 ? BigDecimal.ZERO.setScale(PLACES) : price.setScale(PLACES);
        } catch (ArithmeticException inexact) {
            throw new RefusedRow(PRICE + " " + RefusedRow.quote(value) + " has more than " + PLACES
                    + " digits after the point; round it");
        }
    }

    private static Long stock(Object value) throws RefusedRow {
        BigDecimal stock = number(STOCK, value);
        String advice = "; write the number of pieces that can be sold, 0 if there are none";
        if (stock.signum() < 0) {
            throw new RefusedRow(STOCK + " " + RefusedRow.quote(value) + " is negative" + advice);
        }
        try {
            if (stock.signum() == 0 || (long) stock.precision() - stock.scale() < DIGITS) {
                return stock.longValueExact();
            }
        } catch (ArithmeticException fraction) {
            // Not a whole number.
        }
        throw new RefusedRow(STOCK + " " + RefusedRow.quote(value) + " is not a whole number" + advice);
    }

    private static BigDecimal number(String field, Object value) throws RefusedRow {
        String text = value.toString().strip();
        try {
            if (text.length() <= LONGEST_NUMBER) {
                return new BigDecimal(text);
            }
        } catch (NumberFormatException notANumber) {
            // Explained below.
        }
        throw new RefusedRow(
                field + " " + RefusedRow.quote(value) + " is not a number; write it like " + example(field));
    }

    private static String example(String field) {
        return field.equals(PRICE) ? "19.90" : "3";
    }
}
