// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.event.ProductFacts;
import dev.segue.plan.product.ProductTable;
import dev.segue.replay.file.UnreadableFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductFileTest {
    private static final long NOON = Instant.parse("2025-11-01T12:00:00Z").toEpochMilli();

    @TempDir
    private Path directory;

    @Test
    void readsJsonLines() throws IOException {
        ProductFile read = read("p.jsonl", """
                {"product_id":"p1","at":"2025-11-01T12:00:00Z","price":19.9,"stock":3,"category":"shoes","name":"Boot","url":"https://shop.example/p1","image":"https://shop.example/p1.png","launched_at":"2025-10-01T02:00:00+02:00"}

                {"product_id":17,"stock":"0","price":null,"name":""}
                """);
        assertThat(read.problems()).isEmpty();
        ProductFacts boot = read.facts().get(0);
        assertThat(boot.productId()).isEqualTo("p1");
        assertThat(boot.at()).isEqualTo(NOON);
        assertThat(boot.fields().get("price")).isEqualTo(new BigDecimal("19.9000"));
        assertThat(boot.fields().get("stock")).isEqualTo(3L);
        assertThat(boot.fields().get("category")).isEqualTo("shoes");
        assertThat(boot.fields().get("name")).isEqualTo("Boot");
        assertThat(boot.fields().get("url")).isEqualTo("https://shop.example/p1");
        assertThat(boot.fields().get("image")).isEqualTo("https://shop.example/p1.png");
        assertThat(boot.fields().get("launched_at")).isEqualTo(Instant.parse("2025-10-01T00:00:00Z"));
        ProductFacts other = read.facts().get(1);
        assertThat(other.productId()).isEqualTo("17");
        assertThat(other.at()).isEqualTo(ProductFacts.SINCE_EVER);
        assertThat(other.fields().get("stock")).isEqualTo(0L);
        assertThat(other.fields().get("price")).isNull();
        assertThat(other.fields().get("name")).isNull();
    }

    @Test
    void readsOneArray() throws IOException {
        assertThat(read("p.json", "[{\"product_id\": \"p1\"},\n {\"product_id\": \"p2\"}]")
                        .facts())
                .extracting(ProductFacts::productId)
                .containsExactly("p1", "p2");
    }

    @Test
    void readsCsvWithSomeColumnsInAnyOrder() throws IOException {
        ProductFile read = read("p.csv", "stock,product_id\n3,p1\n,p2\n");
        assertThat(read.problems()).isEmpty();
        assertThat(read.facts())
                .extracting(facts -> facts.fields().get("stock"))
                .containsExactly(3L, null);
    }

    @Test
    void readsGzip() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("product_id,stock\np1,3\n".getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(directory.resolve("p.csv.gz"), packed.toByteArray());
        assertThat(ProductFile.read(file).facts()).hasSize(1);
    }

    @Test
    void leavesOutWrongRowsAndSaysWhichAndHowToMendThem() throws IOException {
        ProductFile read = read("p.jsonl", """
                {"product_id":"p1","stock":-1}
                {"product_id":"p1","stock":1.5}
                {"product_id":"p1","price":-0.01}
                {"product_id":"p1","price":"cheap"}
                {"product_id":"p1","price":1.00001}
                {"product_id":"p1","at":"yesterday"}
                {"product_id":"p1","launched_at":"2025-13-01T00:00:00Z"}
                {"product_id":"p1","prise":1}
                {"stock":1}
                {"product_id":"p1",
                {"product_id":"p1","name":{"en":"Boot"}}
                {"product_id":"p1","price":1e999999999}
                {"product_id":"p1","stock":0,"price":0}
                """);
        assertThat(read.facts()).hasSize(1);
        String file = directory.resolve("p.jsonl") + ":";
        assertThat(read.problems())
                .satisfiesExactly(
                        problem -> assertThat(problem)
                                .isEqualTo(file + "1: stock '-1' is negative; write the number of pieces that can be"
                                        + " sold, 0 if there are none."),
                        problem -> assertThat(problem).startsWith(file + "2: stock '1.5' is not a whole number; write"),
                        problem -> assertThat(problem).startsWith(file + "3: price '-0.01' is negative; write"),
                        problem -> assertThat(problem)
                                .isEqualTo(file + "4: price 'cheap' is not a number; write it like 19.90."),
                        problem -> assertThat(problem).contains("5: price '1.00001' has more than 4 digits after"),
                        problem -> assertThat(problem)
                                .isEqualTo(
                                        file + "6: at 'yesterday' is not a time; write it like 2025-11-01T00:00:00Z."),
                        problem -> assertThat(problem).contains("7: launched_at '2025-13-01T00:00:00Z' is not a time"),
                        problem -> assertThat(problem)
                                .startsWith(file + "8: unknown column 'prise'. Did you mean 'price'? The columns are"),
                        problem -> assertThat(problem).startsWith(file + "9: product_id is missing; every row names"),
                        problem -> assertThat(problem).startsWith(file + "10: not JSON"),
                        problem -> assertThat(problem).contains("11: name is '{en=Boot}' and not a text; write"),
                        problem -> assertThat(problem).contains("12: price '", "more than 14 digits before the point"));
    }

    @Test
    void namesAtMostTwentyProblems() throws IOException {
        ProductFile read = read("p.csv", "product_id,stock\n" + "p,-1\n".repeat(25) + "p,1\n");
        assertThat(read.problems()).hasSize(21).last().asString().endsWith("p.csv: 5 more rows were left out.");
    }

    @Test
    void refusesOtherColumns() {
        assertRefused("p.csv", "product_id,prise\np1,3\n", "p.csv:1: unknown column 'prise'. Did you mean 'price'?");
        assertRefused("p.csv", "id,price\np1,3\n", "the column 'product_id' is missing");
        assertRefused("p.csv", "product_id;price\np1;3\n", "unknown column 'product_id;price'", "separated by commas");
        assertRefused("p.csv", "product_id,stock,stock\np1,3,4\n", "two columns are called 'stock'");
        assertRefused("p.csv", "", "p.csv is empty. The first row must name the columns");
    }

    @Test
    void refusesFileThatSaysNothing() {
        assertRefused("p.csv", "product_id,stock\n", "p.csv says nothing of any product");
        assertRefused("p.jsonl", "{\"stock\":1}\n", "p.jsonl:1: product_id is missing", "says nothing of any product");
        assertThatThrownBy(() -> ProductFile.read(directory.resolve("absent.csv")))
                .isInstanceOf(UnreadableFile.class)
                .hasMessageContaining("There is no file");
    }

    @Test
    void tableFollowsTheInstantsAndConcludesWhenAProductWasSoldOut() throws IOException {
        ProductTable table = ProductFile.table(read("p.csv", """
                        product_id,at,stock
                        p1,2025-11-01T12:00:02Z,5
                        p1,2025-11-01T12:00:01Z,0
                        p1,,3
                        p2,,0
                        """).facts());
        assertThat(known(table, "p1", "stock", NOON)).isEqualTo(3L);
        assertThat(known(table, "p1", "stock", NOON + 1000)).isEqualTo(0L);
        assertThat(known(table, "p1", "sold_out_at", NOON + 1000)).isEqualTo(Instant.ofEpochMilli(NOON + 1000));
        assertThat(known(table, "p1", "restocked_at", NOON + 1999)).isNull();
        assertThat(known(table, "p1", "restocked_at", NOON + 2000)).isEqualTo(Instant.ofEpochMilli(NOON + 2000));
        // Nobody knows since when.
        assertThat(known(table, "p2", "sold_out_at", NOON)).isNull();
    }

    private static @Nullable Object known(ProductTable table, String product, String field, long at) {
        ProductFacts facts = table.at(product, at);
        return facts == null ? null : facts.fields().get(field);
    }

    private void assertRefused(String name, String content, String... words) {
        assertThatThrownBy(() -> read(name, content))
                .isInstanceOf(UnreadableFile.class)
                .hasMessageContainingAll(words);
    }

    private ProductFile read(String name, String content) throws IOException {
        return ProductFile.read(Files.writeString(directory.resolve(name), content));
    }
}
