// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.reduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.segue.value.Bucket;
import dev.segue.value.EvaluationException;
import dev.segue.value.Millionths;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares each function of the language with results computed by hand. */
class ReductionsTest {
    /** All functions, including the two that have no call. */
    private static final Map<String, Reduction> FUNCTIONS = Stream.concat(
                    Reductions.ALL.stream(), Stream.of(Reductions.DISTINCT_COUNT, Reductions.LIST))
            .collect(Collectors.toUnmodifiableMap(Reduction::name, function -> function));

    private static Object most(Object value, long count, double share) {
        return Map.of("value", value, "count", count, "share", share);
    }

    private static Stream<Arguments> ofValues() {
        return Stream.of(
                arguments("count", List.of("a", "a", "b"), 0L, 3L),
                arguments("distinct().count", List.of("a", "b", "a"), 0L, 2L),
                arguments("distinct().count", List.of(0.0, -0.0), 0L, 1L),
                arguments("exists", List.of(true), false, true),
                arguments("all", List.of(true, true), false, true),
                arguments("all", List.of(true, false), false, false),
                arguments("share", List.of(true, false, true, true), 0.0, 0.75),
                arguments("sum", List.of(0.1, 0.2, 0.3), 0.0, 0.6),
                arguments("sum", List.of(new BigDecimal("19.99"), new BigDecimal("0.01")), 0.0, 20.0),
                arguments("sum", List.of(2L, 3L), 0L, 5L),
                arguments("avg", List.of(40.09, 40.09, 40.09), 0.0, 40.09),
                arguments("avg", List.of(1L, 2L), 0.0, 1.5),
                arguments("min", List.of(4.0, 1.0, 10.0), 0.0, 1.0),
                arguments("min", List.of(4L, -1L), 0L, -1L),
                arguments("max", List.of(4.0, 10.0, 1.0), 0.0, 10.0),
                arguments("max", List.of(-4L, -1L), 0L, -1L),
                arguments("max", List.of(new BigDecimal("9.5"), new BigDecimal("10.25")), 0.0, 10.25),
                arguments("median", List.of(9.0, 1.0, 2.0), 0.0, 2.0),
                arguments("median", List.of(10L, 1L, 4L, 3L), 0.0, 3.5),
                arguments("distinct", List.of("a", "b", "a", "c"), List.of(), List.of("b", "a", "c")),
                arguments("most", List.of("hats", "shoes", "shoes"), "", most("shoes", 2, 2.0 / 3)),
                arguments("most", List.of("shoes", "hats"), "", most("hats", 1, 0.5)),
                arguments("most", List.of(7L, 7L, 3L, 3L, 9L), 0L, most(3L, 2, 0.4)),
                arguments("latest", List.of(1.0, 2.0), 0.0, 2.0),
                arguments("first", List.of(1.0, 2.0), 0.0, 1.0),
                arguments("first", List.of(new BigDecimal("1.5")), 0.0, 1.5),
                arguments("", List.of(new BigDecimal("1.5"), 1.0), List.of(), List.of(1.5, 1.0)));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("ofValues")
    void reducesValues(String name, List<Object> values, Object zero, Object expected) {
        assertThat(FUNCTIONS.get(name).of(values, zero)).isEqualTo(expected);
    }

    private static Stream<Arguments> ofNothing() {
        return Stream.of(
                arguments("count", 0L, 0L),
                arguments("distinct().count", 0L, 0L),
                arguments("exists", false, false),
                arguments("all", false, true),
                arguments("share", 0.0, 0.0),
                arguments("sum", 0.0, 0.0),
                arguments("sum", 0L, 0L),
                arguments("avg", 0.0, 0.0),
                arguments("min", 0.0, 0.0),
                arguments("min", 0L, 0L),
                arguments("max", 0.0, 0.0),
                arguments("max", 0L, 0L),
                arguments("median", 0.0, 0.0),
                arguments("distinct", List.of(), List.of()),
                arguments("most", most("", 0, 0.0), most("", 0, 0.0)),
                arguments("latest", "", ""),
                arguments("first", "", ""),
                arguments("", List.of(), List.of()));
    }

    @ParameterizedTest(name = "{0} of nothing is {2}")
    @MethodSource("ofNothing")
    void reducesNoValuesToDefault(String name, Object zero, Object expected) {
        assertThat(FUNCTIONS.get(name).of(List.of(), zero)).isEqualTo(expected);
    }

    private static Stream<Arguments> ofTotal() {
        return Stream.of(
                arguments("count", 3, "5.5", 0L, 3L),
                arguments("count", 0, "0", 0L, 0L),
                arguments("exists", 1, "0", false, true),
                arguments("exists", 0, "0", false, false),
                arguments("all", 3, "3", false, true),
                arguments("all", 3, "2", false, false),
                arguments("all", 0, "0", false, true),
                arguments("share", 4, "3", 0.0, 0.75),
                arguments("share", 0, "0", 0.0, 0.0),
                arguments("sum", 3, "0.6", 0.0, 0.6),
                arguments("sum", 3, "6", 0L, 6L),
                arguments("avg", 3, "120.27", 0.0, 40.09),
                arguments("avg", 0, "0", 0.0, 0.0));
    }

    @ParameterizedTest(name = "{0} of {1} elements with sum {2}")
    @MethodSource("ofTotal")
    void reducesATotal(String name, long count, String sum, Object zero, Object expected) {
        assertThat(FUNCTIONS.get(name).ofTotal(count, Millionths.of(new BigDecimal(sum)), zero))
                .isEqualTo(expected);
    }

    private static final List<Bucket> NUMBERS =
            List.of(Bucket.of(1.0).with(Bucket.of(2.0)).with(Bucket.of(6.0)), Bucket.of(4.0));

    private static final List<Bucket> CONDITIONS =
            List.of(Bucket.of(true).with(Bucket.of(false)), Bucket.of(true), Bucket.of(true));

    private static Stream<Arguments> ofBuckets() {
        return Stream.of(
                arguments("count", NUMBERS, 0L, 4L),
                arguments("distinct().count", NUMBERS, 0L, 2L),
                arguments("exists", NUMBERS, false, true),
                arguments("all", CONDITIONS, false, false),
                arguments("all", CONDITIONS.subList(1, 3), false, true),
                arguments("share", CONDITIONS, 0.0, 0.75),
                arguments("sum", NUMBERS, 0.0, 13.0),
                arguments("sum", NUMBERS, 0L, 13L),
                arguments("avg", NUMBERS, 0.0, 3.25),
                arguments("min", NUMBERS, 0.0, 1.0),
                arguments("max", NUMBERS, 0.0, 6.0),
                arguments("median", NUMBERS, 0.0, 3.0),
                arguments("distinct", NUMBERS, List.of(), List.of(6.0, 4.0)),
                arguments("most", NUMBERS, 0.0, most(6.0, 3, 0.75)),
                arguments("latest", NUMBERS, 0.0, 4.0),
                arguments("first", NUMBERS, 0.0, 1.0),
                arguments("", NUMBERS, List.of(), List.of(6.0, 6.0, 6.0, 4.0)));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("ofBuckets")
    void reducesBuckets(String name, List<Bucket> buckets, Object zero, Object expected) {
        assertThat(FUNCTIONS.get(name).ofBuckets(buckets, zero)).isEqualTo(expected);
    }

    private static Set<Object> named(Stream<Arguments> cases) {
        return cases.map(each -> each.get()[0]).collect(Collectors.toSet());
    }

    private static Set<String> namesOf(Stream<Reduction> functions) {
        return functions.map(Reduction::name).collect(Collectors.toSet());
    }

    @Test
    void testsEveryFunctionExceptOverdue() {
        Set<Object> tried = new HashSet<>(FUNCTIONS.keySet());
        tried.remove("overdue");
        assertThat(named(ofValues())).isEqualTo(tried);
        assertThat(named(ofNothing())).isEqualTo(tried);
        assertThat(named(ofBuckets())).isEqualTo(tried);
    }

    @Test
    void testsEveryFunctionOfTotals() {
        assertThat(named(ofTotal()))
                .isEqualTo(namesOf(FUNCTIONS.values().stream().filter(Reduction::fromTotal)));
    }

    private static Stream<Reduction> needingMore() {
        return FUNCTIONS.values().stream().filter(function -> !function.fromTotal());
    }

    @ParameterizedTest
    @MethodSource("needingMore")
    void refusesTotalForOtherFunctions(Reduction function) {
        assertThatThrownBy(() -> function.ofTotal(1, Millionths.ZERO, 0.0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void overflowingSumHasNoValue() {
        assertThatThrownBy(() -> FUNCTIONS.get("sum").of(List.of(Long.MAX_VALUE, 1L), 0L))
                .isInstanceOf(EvaluationException.class);
    }

    @Test
    void overdueReadsTimesOnly() {
        assertThatThrownBy(() -> Reductions.OVERDUE.of(List.of(1.0), false)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void functionsTakeNoArgument() {
        assertThat(Reductions.FUNCTIONS.keySet())
                .containsExactlyInAnyOrder(
                        "count", "sum", "avg", "min", "max", "median", "distinct", "most", "latest", "first");
    }

    @Test
    void conditionsTakeCondition() {
        assertThat(Reductions.CONDITIONS.keySet()).containsExactlyInAnyOrder("exists", "all", "share");
    }

    @Test
    void everyFunctionExceptOverdueIsInOneMap() {
        Stream<Reduction> mapped =
                Stream.concat(Reductions.FUNCTIONS.values().stream(), Reductions.CONDITIONS.values().stream());
        assertThat(Stream.concat(mapped, Stream.of(Reductions.OVERDUE)).toList())
                .containsExactlyInAnyOrderElementsOf(Reductions.ALL);
    }

    @Test
    void functionNamesAreUnique() {
        assertThat(namesOf(Reductions.ALL.stream())).hasSameSizeAs(Reductions.ALL);
    }
}
