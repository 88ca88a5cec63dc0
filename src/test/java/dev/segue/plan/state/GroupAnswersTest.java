// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GroupAnswersTest {
    private static final Object BODY = new Object();
    private static final long AROUND = 7;
    private static final GroupAnswers.Answer ANSWER = new GroupAnswers.Answer(BODY, true, AROUND, 100, 200);

    private final GroupAnswers answers = new GroupAnswers();

    @Test
    void resultIsValidFromItsInstant() {
        answers.put(ANSWER);
        assertThat(answers.find(BODY, AROUND, 99)).isNull();
        assertThat(answers.find(BODY, AROUND, 100)).isEqualTo(ANSWER);
    }

    @Test
    void resultExpiresWhenItMayChange() {
        answers.put(ANSWER);
        assertThat(answers.find(BODY, AROUND, 199)).isEqualTo(ANSWER);
        assertThat(answers.find(BODY, AROUND, 200)).isNull();
    }

    @Test
    void resultExpiresWhenStateOutsideTheGroupChanges() {
        answers.put(ANSWER);
        assertThat(answers.find(BODY, AROUND + 1, 150)).isNull();
    }

    @Test
    void otherLambdaHasOtherResult() {
        answers.put(ANSWER);
        assertThat(answers.find(new Object(), AROUND, 100)).isNull();
    }

    @Test
    void newResultReplacesOld() {
        answers.put(ANSWER);
        GroupAnswers.Answer next = new GroupAnswers.Answer(BODY, false, AROUND, 200, 300);
        answers.put(next);
        assertThat(answers.find(BODY, AROUND, 200)).isEqualTo(next);
    }

    @Test
    void cachesResultsOfManyLambdas() {
        for (int other = 0; other < 5; other++) {
            answers.put(new GroupAnswers.Answer(new Object(), other, AROUND, 0, 1_000));
        }
        answers.put(ANSWER);
        assertThat(answers.find(BODY, AROUND, 150)).isEqualTo(ANSWER);
    }
}
