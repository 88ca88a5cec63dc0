// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.replay.file.Columns;
import dev.segue.replay.file.FlatJson;
import dev.segue.replay.file.Row;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowFunctionsTest {
    private static final Columns COLUMNS = new Columns(List.of("a", "j"), List.of(false, true), false, null);

    private final RowCel cel = new RowCel(COLUMNS, Map.of());
    private int dropped;

    private @Nullable Object value(String expression, String json) throws Exception {
        return value(expression, "", json);
    }

    private @Nullable Object value(String expression, String a, String json) throws Exception {
        Row row = new Row(COLUMNS, new Object[] {a, json}, 1);
        Object value = cel.compile(expression, false).expression().of(row);
        dropped = row.fate().dropped();
        return value;
    }

    @Test
    void firstIsFirstThatHasValue() throws Exception {
        assertThat(value("first(row.j.a, row.j.b)", "{\"a\": null, \"b\": 2}")).isEqualTo(2L);
        assertThat(value("first(row.j.a, row.j.b)", "{\"a\": \" \", \"b\": 2}")).isEqualTo(2L);
        assertThat(value("first(row.j.a, 'x')", "{}")).isEqualTo("x");
        assertThat(value("first(row.j.a, row.j.b)", "{}")).isNull();
        assertThat(value("first(row.j.a, row.j.b)", "{\"a\": false}")).isEqualTo(false);
    }

    @Test
    void elementsIsListOrObjectItself() throws Exception {
        assertThat(value("elements(row.j.l, row.j)", "{\"l\": [1, 2]}")).isEqualTo(List.of(1L, 2L));
        assertThat(value("elements(row.j.l, row.j)", "{\"l\": []}")).isEqualTo(List.of(Map.of("l", List.of())));
        assertThat(value("elements(row.j.l, row.j.o)", "{}")).isNull();
    }

    @Test
    void flattenKeepsTextsNumbersAndFlagsByPath() throws Exception {
        assertThat(value(
                        "flatten(row.j)", "{\"a\": {\"b\": {\"c\": 1}}, \"t\": \"x\", \"f\": true, \"l\": [1, \"b\"]}"))
                .isEqualTo(Map.of("a.b.c", 1L, "t", "x", "f", true, "l", "[1,\"b\"]"));
        assertThat(value("flatten(row.j.g, 'group')", "{\"g\": {\"name\": \"x\"}}"))
                .isEqualTo(Map.of("group.name", "x"));
        assertThat(dropped).isZero();
    }

    @Test
    void flattenCountsWhatItDrops() throws Exception {
        assertThat(value("flatten(row.j)", "{\"a\": [{\"b\": 1}], \"c\": 1}")).isEqualTo(Map.of("c", 1L));
        assertThat(dropped).isEqualTo(1);
        String text = "x".repeat(FlatJson.LONGEST_TEXT);
        assertThat((Map<?, ?>) value("flatten(row.j)", "{\"a\": \"" + text + "\"}"))
                .hasSize(1);
        assertThat((Map<?, ?>) value("flatten(row.j)", "{\"a\": \"" + text + "x\"}"))
                .isEmpty();
        assertThat(dropped).isEqualTo(1);
        String name = "n".repeat(FlatJson.LONGEST_NAME);
        assertThat((Map<?, ?>) value("flatten(row.j)", "{\"" + name + "\": 1}")).hasSize(1);
        assertThat((Map<?, ?>) value("flatten(row.j)", "{\"" + name + "n\": 1}"))
                .isEmpty();
        assertThat((Map<?, ?>) value("flatten(row.j)", members(FlatJson.MOST_MEMBERS)))
                .hasSize(FlatJson.MOST_MEMBERS);
        assertThat(dropped).isZero();
        assertThat((Map<?, ?>) value("flatten(row.j)", members(FlatJson.MOST_MEMBERS + 3)))
                .hasSize(FlatJson.MOST_MEMBERS);
        assertThat(dropped).isEqualTo(3);
    }

    private static String members(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> "\"m" + index + "\": " + index)
                .collect(Collectors.joining(", ", "{", "}"));
    }

    @Test
    void withoutLeavesMembersOut() throws Exception {
        assertThat(value("without(row.j, ['a', 'b'])", "{\"a\": 1, \"b\": null, \"c\": 3}"))
                .isEqualTo(Map.of("c", 3L));
    }

    @ParameterizedTest
    @CsvSource({
        "Product Viewed, product_viewed",
        "PRODUCT VIEWED, product_viewed",
        "productViewed, product_viewed",
        "ProductViewed, product_viewed",
        "product-viewed, product_viewed",
        "product_viewed, product_viewed",
        "Product  Viewed, product_viewed",
        "view_item, view_item",
        "Größe, größe",
    })
    void snakeHasOneSpelling(String name, String snake) throws Exception {
        assertThat(value("snake(row.a)", name, "")).isEqualTo(snake);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Version/17.4 Mobile/15E148 Safari/604.1 | {type=mobile, os=ios, browser=safari}",
                "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 CriOS/122 Mobile/15E148 Safari/604.1 | {type=tablet, os=ios, browser=chrome}",
                "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/124.0 Mobile Safari/537.36 | {type=mobile, os=android, browser=chrome}",
                "Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 SamsungBrowser/24.0 Chrome/117 Safari/537.36 | {type=tablet, os=android, browser=samsung}",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15 | {type=desktop, os=macos, browser=safari}",
                "Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0 | {type=desktop, os=linux, browser=firefox}",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/124 Safari/537.36 OPR/109 | {type=desktop, os=windows, browser=opera}",
                "analytics-node/3.1.0 | null",
            })
    void deviceIsReadFromUserAgent(String agent, String device) throws Exception {
        assertThat(String.valueOf(value("device(row.j)", "{\"userAgent\": \"" + agent + "\"}")))
                .isEqualTo(device);
    }

    @Test
    void functionsAreWholeExpressions() {
        assertThatThrownBy(() -> cel.compile("first(row.j.a, row.j.b) == 'x'", false))
                .isInstanceOf(RowCel.Invalid.class)
                .hasMessage("first() must be the whole expression, and takes paths such as row.traits and texts");
    }
}
