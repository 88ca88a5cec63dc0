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
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    void readsVariantsOfBothFormats() throws IOException {
        for (ProductFile read : List.of(read("p.jsonl", """
                        {"product_id":"p1","stock":3,"variants":{"M":{"stock":0,"price":19.9,"url":""},"38":{"name":7},"L":{}}}
                        """), read("p.csv", """
                        product_id,stock,variants
                        p1,3,"{""M"":{""stock"":0,""price"":19.9,""url"":null},""38"":{""name"":7},""L"":{}}"
                        """))) {
            assertThat(read.problems()).isEmpty();
            ProductFacts facts = read.facts().get(0);
            assertThat(facts.variants()).containsOnlyKeys("M", "38");
            assertThat(facts.variants().get("M").get("stock")).isEqualTo(0L);
            assertThat(facts.variants().get("M").get("price")).isEqualTo(new BigDecimal("19.9000"));
            assertThat(facts.variants().get("M").get("url")).isNull();
            assertThat(facts.variants().get("38").get("name")).isEqualTo("7");
        }
    }

    @Test
    void namesTheVariantThatIsWrong() throws IOException {
        String many = IntStream.rangeClosed(1, 101)
                .mapToObj(number -> "\"v" + number + "\":{}")
                .collect(Collectors.joining(","));
        ProductFile read =
                read("p.jsonl", """
                {"product_id":"p1","variants":{"M":{"stock":-1}}}
                {"product_id":"p1","variants":{"M":{"price":-0.01}}}
                {"product_id":"p1","variants":{"M":{"stok":1}}}
                {"product_id":"p1","variants":{"M":{"category":"shoes"}}}
                {"product_id":"p1","variants":{"M":3}}
                {"product_id":"p1","variants":[{"variant":"M","stock":3}]}
                {"product_id":"p1","variants":{" ":{"stock":3}}}
                {"product_id":"p1","variants":{"%s":{"stock":3}}}
                {"product_id":"p1","variants":{%s}}
                {"product_id":"p1","variants":"M"}
                {"product_id":"p1","variants":{%s}}
                """.formatted("x".repeat(513), many, many.substring(0, many.lastIndexOf(','))));
        assertThat(read.facts()).hasSize(1);
        String file = directory.resolve("p.jsonl") + ":";
        assertThat(read.problems())
                .containsExactly(
                        file + "1: variant 'M': stock '-1' is negative; write the number of pieces that can be sold, 0"
                                + " if there are none.",
                        file + "2: variant 'M': price '-0.01' is negative; write the price of one piece, or leave it"
                                + " out if it is not known.",
                        file + "3: variant 'M': unknown field 'stok'. Did you mean 'stock'? A variant may have name,"
                                + " url, image, price, stock.",
                        file + "4: variant 'M': unknown field 'category'. A variant may have name, url, image, price,"
                                + " stock.",
                        file + "5: variant 'M': '3' is not an object of its fields; write it like {\"stock\": 3}.",
                        file + "6: variants '[{variant=M, stock=3}]' is not an object of variants; write an object like"
                                + " {\"M\": {\"stock\": 3}, \"L\": {\"stock\": 0}}.",
                        file + "7: a variant's name is blank; write it as events name it in variant or sku.",
                        file + "8: the variant's name '" + "x".repeat(57) + "...' has more than 512 characters.",
                        file + "9: the product has 101 variants; at most 100 are allowed.",
                        file + "10: variants 'M' is not JSON; write an object like {\"M\": {\"stock\": 3}, \"L\":"
                                + " {\"stock\": 0}}.");
    }

    @Test
    void tableConcludesWhenAVariantWasSoldOut() throws IOException {
        ProductTable table = ProductFile.table(read("p.jsonl", """
                        {"product_id":"p1","at":"2025-11-01T12:00:00Z","stock":9,"variants":{"M":{"stock":0}}}
                        {"product_id":"p1","at":"2025-11-01T12:00:01Z","stock":9,"variants":{"M":{"stock":1}}}
                        """).facts());
        int restocked = ProductFacts.TYPE.slot("restocked_at");
        assertThat(table.at("p1", NOON + 999).get("M", restocked)).isNull();
        assertThat(table.at("p1", NOON + 1000).get("M", restocked)).isEqualTo(Instant.ofEpochMilli(NOON + 1000));
        assertThat(table.at("p1", NOON + 1000).get("L", restocked)).isNull();
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
