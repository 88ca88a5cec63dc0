// SPDX-License-Identifier: Apache-2.0
package dev.segue.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BucketTest {
    /** 4, then 1, then 3. */
    private static final Bucket THREE = Bucket.of(4L).with(Bucket.of(1L)).with(Bucket.of(3L));

    private static Stream<Object> mergeable() {
        return Stream.of(1L, 1.5, new BigDecimal("9.99"), true, THREE);
    }

    @ParameterizedTest
    @MethodSource("mergeable")
    void mergesSingleValues(Object value) {
        assertThat(Bucket.mergeable(value)).isTrue();
    }

    private static Stream<Object> apart() {
        return Stream.of(Map.of("a", 1L), List.of(1L));
    }

    @ParameterizedTest
    @MethodSource("apart")
    void doesNotMergeMapsAndLists(Object value) {
        assertThat(Bucket.mergeable(value)).isFalse();
    }

    @Test
    void oneElementIsOneBucket() {
        assertThat(Bucket.of(5L)).isEqualTo(new Bucket(1, Millionths.of(5L), 5L, 5L, 5L, 5L));
    }

    @Test
    void textsAndTimesCountButHaveNoSum() {
        Bucket texts = Bucket.of("b").with(Bucket.of("a"));
        assertThat(texts).isEqualTo(new Bucket(2, Millionths.ZERO, "a", "b", "b", "a"));
        assertThat(Bucket.of(Instant.EPOCH).sum()).isEqualTo(Millionths.ZERO);
    }

    @Test
    void bucketOfBucketIsItself() {
        assertThat(Bucket.of(THREE)).isEqualTo(THREE);
    }

    @Test
    void trueConditionCountsAsOne() {
        assertThat(Bucket.of(true).with(Bucket.of(false)).with(Bucket.of(true)).sum())
                .isEqualTo(Millionths.of(2L));
    }

    @Test
    void countsElementsOfBoth() {
        assertThat(THREE.with(THREE).count()).isEqualTo(6);
    }

    @Test
    void addsValuesExactly() {
        Bucket price = Bucket.of(new BigDecimal("0.10"));
        assertThat(price.with(Bucket.of(new BigDecimal("0.20"))).sum()).isEqualTo(new Millionths(300_000, false));
    }

    @Test
    void keepsSmallestValue() {
        assertThat(THREE.min()).isEqualTo(1L);
    }

    @Test
    void keepsLargestValue() {
        assertThat(THREE.max()).isEqualTo(4L);
    }

    @Test
    void keepsEarliestValue() {
        assertThat(THREE.first()).isEqualTo(4L);
    }

    @Test
    void keepsLatestValue() {
        assertThat(THREE.last()).isEqualTo(3L);
    }

    @Test
    void mergesOldestFirst() {
        assertThat(Bucket.all(List.of(Bucket.of(4L), Bucket.of(1L), Bucket.of(3L))))
                .isEqualTo(THREE);
    }

    @Test
    void latestValueRepresentsEachElement() {
        assertThat(Bucket.latestOfEach(List.of(THREE, Bucket.of(9L)))).containsExactly(3L, 3L, 3L, 9L);
    }

    @Test
    void latestValueRepresentsAtMost1024Elements() {
        Bucket most = Bucket.all(LongStream.range(0, 1024).mapToObj(Bucket::of).toList());
        assertThat(Bucket.latestOfEach(List.of(most))).hasSize(1024);
        assertThat(Bucket.latestOfEach(List.of(most.with(Bucket.of(7L))))).hasSize(1024);
    }
}
