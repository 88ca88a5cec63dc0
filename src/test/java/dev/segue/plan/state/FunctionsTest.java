// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.segue.value.EvaluationException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionsTest {
    private static Object call(String name, Object... arguments) {
        return Functions.named(name).apply(arguments);
    }

    private static void hasNoValue(String name, Object... arguments) {
        assertThatThrownBy(() -> call(name, arguments)).isInstanceOf(EvaluationException.class);
    }

    @Test
    void refusesUnknownName() {
        assertThatThrownBy(() -> Functions.named("now")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "_<_, true, false, false",
        "_<=_, true, true, false",
        "_>_, false, false, true",
        "_>=_, false, true, true"
    })
    void comparesNumbersTextsAndTimes(String name, boolean less, boolean equal, boolean greater) {
        assertThat(call(name, 1L, 2L)).isEqualTo(less);
        assertThat(call(name, "b", "b")).isEqualTo(equal);
        assertThat(call(name, Instant.ofEpochMilli(1), Instant.EPOCH)).isEqualTo(greater);
    }

    @ParameterizedTest
    @ValueSource(strings = {"_<_", "_<=_", "_>_", "_>=_", "_==_"})
    void nanIsNeitherLessNorMoreNorEqual(String name) {
        assertThat(call(name, Double.NaN, 1.0)).isEqualTo(false);
        assertThat(call(name, 1.0, Double.NaN)).isEqualTo(false);
        assertThat(call(name, Double.NaN, Double.NaN)).isEqualTo(false);
    }

    @Test
    void nanIsUnequalToItself() {
        assertThat(call("_!=_", Double.NaN, Double.NaN)).isEqualTo(true);
    }

    @Test
    void bothZerosAreEqual() {
        assertThat(call("_==_", 0.0, -0.0)).isEqualTo(true);
        assertThat(call("_<_", -0.0, 0.0)).isEqualTo(false);
        assertThat(call("_>=_", -0.0, 0.0)).isEqualTo(true);
    }

    private static Stream<Arguments> sums() {
        return Stream.of(
                arguments(1L, 2L, 3L),
                arguments(0.5, 0.25, 0.75),
                arguments("a", "b", "ab"),
                arguments(List.of(1L), List.of(2L), List.of(1L, 2L)),
                arguments(Instant.EPOCH, Duration.ofMillis(5), Instant.ofEpochMilli(5)),
                arguments(Duration.ofMillis(5), Instant.EPOCH, Instant.ofEpochMilli(5)),
                arguments(Duration.ofMillis(5), Duration.ofMillis(2), Duration.ofMillis(7)));
    }

    @ParameterizedTest
    @MethodSource("sums")
    void addsValuesOfEachType(Object left, Object right, Object sum) {
        assertThat(call("_+_", left, right)).isEqualTo(sum);
    }

    private static Stream<Arguments> differences() {
        return Stream.of(
                arguments(1L, 2L, -1L),
                arguments(0.5, 0.25, 0.25),
                arguments(Instant.ofEpochMilli(5), Duration.ofMillis(5), Instant.EPOCH),
                arguments(Instant.ofEpochMilli(5), Instant.EPOCH, Duration.ofMillis(5)),
                arguments(Duration.ofMillis(5), Duration.ofMillis(2), Duration.ofMillis(3)));
    }

    @ParameterizedTest
    @MethodSource("differences")
    void subtractsValuesOfEachType(Object left, Object right, Object difference) {
        assertThat(call("_-_", left, right)).isEqualTo(difference);
    }

    @Test
    void multipliesAndDividesAndNegates() {
        assertThat(call("_*_", 3L, 4L)).isEqualTo(12L);
        assertThat(call("_*_", 0.5, 4.0)).isEqualTo(2.0);
        assertThat(call("_/_", 1.0, 4.0)).isEqualTo(0.25);
        assertThat(call("-_", 3L)).isEqualTo(-3L);
        assertThat(call("-_", 0.5)).isEqualTo(-0.5);
    }

    @Test
    void quotientOfWholeNumbersIsWhole() {
        assertThat(call("_/_", 7L, 2L)).isEqualTo(3L);
        assertThat(call("_%_", 7L, 2L)).isEqualTo(1L);
    }

    @Test
    void divisionByZeroHasNoValue() {
        hasNoValue("_/_", 1L, 0L);
        hasNoValue("_%_", 1L, 0L);
    }

    private static Stream<Arguments> overflows() {
        return Stream.of(
                arguments("_+_", Long.MAX_VALUE, 1L),
                arguments("_-_", Long.MIN_VALUE, 1L),
                arguments("_*_", Long.MAX_VALUE, 2L),
                arguments("_/_", Long.MIN_VALUE, -1L),
                arguments("_+_", Instant.MAX, Duration.ofNanos(1)),
                arguments("_-_", Instant.MIN, Duration.ofNanos(1)),
                arguments("_+_", Duration.ofSeconds(Long.MAX_VALUE), Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @MethodSource("overflows")
    void overflowHasNoValue(String name, Object left, Object right) {
        hasNoValue(name, left, right);
    }

    @Test
    void smallestWholeNumberCannotBeNegated() {
        hasNoValue("-_", Long.MIN_VALUE);
        assertThat(call("-_", Long.MIN_VALUE + 1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void findsNumberInListOfDecimalsOrDoubles() {
        List<Object> prices = List.of(new BigDecimal("9.50"), 1.0);
        assertThat(call("@in", 9.5, prices)).isEqualTo(true);
        assertThat(call("@in", 9.51, prices)).isEqualTo(false);
    }

    @Test
    void findsKeyInMap() {
        assertThat(call("@in", "vip", Map.of("vip", "yes"))).isEqualTo(true);
        assertThat(call("@in", "yes", Map.of("vip", "yes"))).isEqualTo(false);
    }

    @Test
    void countsCodePoints() {
        assertThat(call("size", "añ\uD83D\uDC5F")).isEqualTo(3L);
    }

    @Test
    void countsElementsOfListsAndMaps() {
        assertThat(call("size", List.of(1L, 2L))).isEqualTo(2L);
        assertThat(call("size", Map.of("a", 1L))).isEqualTo(1L);
    }

    @Test
    void searchesTexts() {
        assertThat(call("contains", "shoes", "hoe")).isEqualTo(true);
        assertThat(call("startsWith", "shoes", "hoe")).isEqualTo(false);
        assertThat(call("endsWith", "shoes", "oes")).isEqualTo(true);
    }

    @Test
    void patternMatchesPart() {
        assertThat(call("matches", "order 17", "[0-9]+")).isEqualTo(true);
        assertThat(call("matches", "order 17", "^[0-9]+$")).isEqualTo(false);
    }

    @Test
    void invalidPatternHasNoValue() {
        hasNoValue("matches", "any", "[");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[0-9]+", "^[0-9]+$", "^order", "^$"})
    void constantPatternMatchesAsAnyOther(String pattern) {
        Functions.Operation matching = Functions.matching(pattern);
        for (String text : List.of("order 17", "17", "")) {
            assertThat(matching.apply(new Object[] {text, pattern})).isEqualTo(call("matches", text, pattern));
        }
    }

    @Test
    void invalidConstantPatternHasNoValue() {
        Functions.Operation matching = Functions.matching("[");
        assertThatThrownBy(() -> matching.apply(new Object[] {"any", "["})).isInstanceOf(EvaluationException.class);
    }

    @Test
    void convertsToWholeNumbersTowardsZero() {
        assertThat(call("int", 1.9)).isEqualTo(1L);
        assertThat(call("int", -1.9)).isEqualTo(-1L);
        assertThat(call("int", "17")).isEqualTo(17L);
        assertThat(call("int", Instant.ofEpochMilli(1_999))).isEqualTo(1L);
    }

    private static Stream<Object> notWhole() {
        return Stream.of("x", "", "1.5", Double.NaN, 1e19, Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @MethodSource("notWhole")
    void invalidWholeNumberHasNoValue(Object value) {
        hasNoValue("int", value);
    }

    @Test
    void convertsToNumbers() {
        assertThat(call("double", "1.5")).isEqualTo(1.5);
        assertThat(call("double", 2L)).isEqualTo(2.0);
    }

    @Test
    void invalidNumberHasNoValue() {
        hasNoValue("double", "many");
    }

    @Test
    void convertsToTexts() {
        assertThat(call("string", 10.0)).isEqualTo("10.0");
        assertThat(call("string", 10L)).isEqualTo("10");
    }

    @ParameterizedTest
    @CsvSource({
        "1h30m, 5400000",
        "1.5s, 1500",
        "-2m, -120000",
        "250ms, 250",
        "0s, 0",
        "1d, 86400000",
        "1w12h, 648000000"
    })
    void readsDurations(String text, long millis) {
        assertThat(call("duration", text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "1", "h", "1y", "1D", "1h x", "x1h"})
    void invalidDurationHasNoValue(String text) {
        hasNoValue("duration", text);
    }

    @Test
    void longestDurationFitsNanoseconds() {
        assertThat(call("duration", Long.MAX_VALUE + "ns")).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
        hasNoValue("duration", "9223372036854775808ns");
    }

    @Test
    void readsTimestampsWithOffset() {
        assertThat(call("timestamp", "2026-03-01T10:00:00+02:00")).isEqualTo(Instant.parse("2026-03-01T08:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026-03-01", "2026-02-30T10:00:00Z"})
    void invalidTimestampHasNoValue(String text) {
        hasNoValue("timestamp", text);
    }

    @Test
    void buildsListsAndMaps() {
        assertThat(Functions.LIST.apply(new Object[] {1L, 2L})).isEqualTo(List.of(1L, 2L));
        assertThat(Functions.MAP.apply(new Object[] {"a", "b", 1L, 2L})).isEqualTo(Map.of("a", 1L, "b", 2L));
    }

    @Test
    void duplicateMapKeyHasNoValue() {
        assertThatThrownBy(() -> Functions.MAP.apply(new Object[] {"a", "a", 1L, 2L}))
                .isInstanceOf(EvaluationException.class);
    }

    @Test
    void trimsEveryWhiteSpace() {
        Object trimmed = Functions.named("trim").apply(new Object[] {"\u00a0 \tspring\u2003\n"});
        assertThat(trimmed).isEqualTo("spring");
    }
}
