// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyedTest {
    private static final Object BODY = new Object();

    private final Keyed keyed = new Keyed();

    private List<Object> keys() {
        return keyed.groups().stream().map(Keyed.Group::key).toList();
    }

    /** Keys 0, 1, 2 and so on, touched a second apart in this order. */
    private void fill(int groups) {
        for (int key = 0; key < groups; key++) {
            assertThat(keyed.join(key, 1_000L * key).key()).isEqualTo(key);
        }
    }

    @Test
    void keepsGroupsInOrderOfFirstElements() {
        keyed.join("b", 20);
        keyed.join("a", 10);
        assertThat(keys()).containsExactly("a", "b");
    }

    @Test
    void keepsGroupsOfEqualTimeInOrderOfArrival() {
        keyed.join("b", 10);
        keyed.join("a", 10);
        assertThat(keys()).containsExactly("b", "a");
    }

    @Test
    void lateElementMovesGroupForward() {
        keyed.join("a", 10);
        keyed.join("b", 20);
        keyed.join("b", 9);
        assertThat(keys()).containsExactly("b", "a");
    }

    @Test
    void groupHasTimesOfFirstAndLastElement() {
        keyed.join("a", 20);
        keyed.join("a", 30);
        Keyed.Group group = keyed.join("a", 10);
        assertThat(group.firstAt()).isEqualTo(10);
        assertThat(group.lastAt()).isEqualTo(30);
    }

    @Test
    void findsGroupAmongMany() {
        fill(100);
        Keyed.Group known = keyed.groups().get(50);
        assertThat(keyed.join(50, 999_999)).isSameAs(known);
        assertThat(keyed.groups()).hasSize(100);
    }

    @Test
    void newElementInvalidatesCachedResults() {
        GroupAnswers before = keyed.join("a", 10).answers();
        assertThat(keyed.join("a", 20).answers()).isNotSameAs(before);
    }

    private void rememberNone(long until) {
        keyed.remember(BODY, new NoneHolds(BODY, 1, true, 0, 10, until));
    }

    private void answer(Keyed.Group group, long until) {
        group.answers().put(new GroupAnswers.Answer(BODY, false, 0, 10, until));
    }

    private List<Object> joined() {
        NoneHolds none = keyed.noneHolds(BODY);
        return none == null
                ? List.of("forgotten")
                : none.joined().stream().map(Keyed.Group::key).toList();
    }

    @Test
    void remembersOfEachConditionThatItHoldsForNoGroup() {
        rememberNone(100);
        assertThat(keyed.noneHolds(BODY)).isNotNull();
        assertThat(keyed.noneHolds(new Object())).isNull();
    }

    @Test
    void joinedGroupsAreToBeEvaluatedAgain() {
        answer(keyed.join("a", 10), 101);
        answer(keyed.join("b", 10), 100);
        rememberNone(100);
        keyed.join("a", 20);
        keyed.join("a", 30);
        keyed.join("new", 30);
        assertThat(joined()).containsExactly("a", "new");
    }

    @Test
    void joinedGroupWithTheEarliestEndMakesItForgotten() {
        answer(keyed.join("a", 10), 100);
        answer(keyed.join("b", 10), 200);
        rememberNone(100);
        keyed.join("a", 20);
        assertThat(joined()).containsExactly("forgotten");
    }

    @Test
    void joinedGroupIsNotTheEarliestIfThereIsNoEnd() {
        answer(keyed.join("a", 10), CustomerState.NEVER);
        rememberNone(CustomerState.NEVER);
        keyed.join("a", 20);
        assertThat(joined()).containsExactly("a");
    }

    @Test
    void manyJoinedGroupsMakeItForgotten() {
        rememberNone(CustomerState.NEVER);
        fill(8);
        assertThat(joined()).hasSize(8);
        keyed.join("one more", 999_999);
        assertThat(joined()).containsExactly("forgotten");
    }

    @Test
    void droppedGroupsMakeItForgotten() {
        fill(3);
        rememberNone(100);
        assertThat(keyed.halve()).isTrue();
        assertThat(joined()).containsExactly("forgotten");
    }

    @Test
    void groupsThatAreTooOldNeedNotBeEvaluatedAgain() {
        rememberNone(CustomerState.NEVER);
        keyed.join("old", 10);
        keyed.join("new", 20);
        assertThat(joined()).containsExactly("old", "new");
        keyed.dropUntil(10);
        assertThat(joined()).containsExactly("new");
    }

    @Test
    void deadlineOfDroppedGroupIsForgotten() {
        rememberNone(100);
        keyed.join("old", 10);
        keyed.dropUntil(10);
        assertThat(joined()).containsExactly("forgotten");
    }

    @Test
    void otherDefinitionsMakeAllResultsForgotten() {
        Keyed.Group group = keyed.join("a", 10);
        answer(group, 100);
        rememberNone(100);
        keyed.forgetAnswers();
        assertThat(joined()).containsExactly("forgotten");
        assertThat(group.answers().find(BODY, 0, 50)).isNull();
    }

    @Test
    void keepsGroupsUpToCap() {
        fill(Keyed.CAP);
        assertThat(keyed.dropOverCap(Keyed.CAP)).isFalse();
        assertThat(keyed.clipped()).isFalse();
    }

    @Test
    void dropsLeastRecentlyTouchedGroupBeyondCap() {
        fill(Keyed.CAP + 1);
        assertThat(keyed.dropOverCap(Keyed.CAP)).isTrue();
        assertThat(keys()).hasSize(Keyed.CAP).doesNotContain(0).contains(1, Keyed.CAP);
    }

    @Test
    void isClippedAfterDrop() {
        fill(Keyed.CAP + 1);
        assertThat(keyed.dropOverCap(Keyed.CAP)).isTrue();
        assertThat(keyed.clipped()).isTrue();
    }

    @Test
    void keepsOldGroupThatWasTouched() {
        fill(Keyed.CAP);
        keyed.join(0, 999_999);
        keyed.join("one more", 999_999);
        assertThat(keyed.dropOverCap(Keyed.CAP)).isTrue();
        assertThat(keys()).contains(0).doesNotContain(1);
    }

    @Test
    void droppedGroupStartsEmpty() {
        fill(Keyed.CAP + 1);
        assertThat(keyed.dropOverCap(Keyed.CAP)).isTrue();
        assertThat(keyed.join(0, 999_999).firstAt()).isEqualTo(999_999);
    }

    @Test
    void dropsGroupWithLatestElementOnBorder() {
        keyed.join("a", 10);
        keyed.join("b", 11);
        keyed.dropUntil(10);
        assertThat(keys()).containsExactly("b");
    }

    @Test
    void expiredGroupsDoNotClip() {
        keyed.join("a", 10);
        keyed.dropUntil(10);
        assertThat(keyed.clipped()).isFalse();
    }

    @Test
    void showsMostRecentlyTouchedGroupsInOrder() {
        fill(Keyed.CAP + 1);
        keyed.join(0, 999_999);
        assertThat(keyed.latest())
                .hasSize(Keyed.CAP)
                .extracting(Keyed.Group::key)
                .startsWith(0, 2, 3);
    }

    @Test
    void showsEveryGroupUpToCap() {
        fill(Keyed.CAP);
        assertThat(keyed.latest()).hasSize(Keyed.CAP);
    }

    @Test
    void countsOmittedGroupsInWindow() {
        fill(Keyed.CAP + 1);
        assertThat(keyed.leftOut(-1)).as("all are later").isEqualTo(1);
        assertThat(keyed.leftOut(0)).as("one is on the border").isZero();
    }

    @Test
    void halvingDropsLeastRecentlyTouchedGroups() {
        fill(4);
        keyed.join(0, 999_999);
        assertThat(keyed.halve()).isTrue();
        assertThat(keys()).containsExactly(0, 3);
    }

    @Test
    void isClippedAfterHalving() {
        fill(2);
        assertThat(keyed.halve()).isTrue();
        assertThat(keyed.clipped()).isTrue();
    }

    @Test
    void emptySetCannotBeHalved() {
        assertThat(keyed.halve()).isFalse();
        assertThat(keyed.clipped()).isFalse();
    }
}
