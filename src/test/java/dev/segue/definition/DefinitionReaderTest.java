// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.segue.event.SmallShop;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefinitionReaderTest {
    private final DefinitionReader reader = new DefinitionReader(SmallShop.VOCABULARY);

    private Definition read(String text) throws InvalidDefinitions {
        return reader.read(List.of(new DefinitionText("segments/a.yaml", text))).get(0);
    }

    private String problems(String text) {
        return catchThrowableOfType(InvalidDefinitions.class, () -> read(text)).getMessage();
    }

    @Test
    void fillsInConstants() throws InvalidDefinitions {
        Definition definition = read("""
                segment: quiet
                params: {quiet: 1h, n: 3}
                when: activity.within(params.quiet).count() == 0 && product_viewed.count() >= params.n
                """);
        assertThat(((DefinitionRule.Segment) definition.rule()).when().text())
                .isEqualTo("activity.within('1h').count() == 0 && product_viewed.count() >= 3");
    }

    @Test
    void showsMisspeltField() {
        assertThat(problems("""
                        # Comment.
                        segment: lapsed
                        describes: x
                        when: product_viewed.map(v, v.prodct_id).distinct().count() > 1
                        """)).isEqualTo("""
                        segments/a.yaml:4:31: undefined field 'prodct_id' of product_viewed. Did you mean 'product_id'?
                          | when: product_viewed.map(v, v.prodct_id).distinct().count() > 1
                          |                               ^""");
    }

    @Test
    void showsPlaceInsideFoldedText() {
        assertThat(problems("""
                        segment: lapsed
                        when: >-
                          product_viewed.count() > 1
                          && order_completd.count() == 0
                        """)).isEqualTo("""
                        segments/a.yaml:4:6: unknown name 'order_completd'. Did you mean 'order_completed'?
                          |   && order_completd.count() == 0
                          |      ^""");
    }

    @Test
    void reportsAllProblemsOfAllDocumentsInOrder() {
        assertThat(problems("""
                        segment: Bad Name
                        wen: true
                        when: product_viewed.within('7x').count() > 1
                        ---
                        segment: two
                        when: product_viewed.count()
                        until: order_completed.map(o, o.total).sum() > 3
                        ---
                        segment: two
                        when: product_viewed
                        """)
                        .lines()
                        .filter(line -> line.startsWith("segments/"))
                        .toList())
                .containsExactly(
                        "segments/a.yaml:1:10: 'Bad Name' is not a name. Use a lowercase letter, then up to 63 lowercase"
                                + " letters, digits and hyphens.",
                        "segments/a.yaml:2:1: unknown key 'wen'. Did you mean 'when'?",
                        "segments/a.yaml:3:29: '7x' is not a duration. Write a whole number and one unit of ms, s, m, h, d, w,"
                                + " such as '30m'.",
                        "segments/a.yaml:6:7: this is a whole number, not true or false. Compare it with something, such as > 0.",
                        "segments/a.yaml:7:46: '>' does not work on number with a point and whole number. Write the whole"
                                + " number with a point too, such as 3.0.",
                        "segments/a.yaml:9:10: 'two' is already defined at segments/a.yaml:5.",
                        "segments/a.yaml:10:7: 'product_viewed' is a list of events, not a value. Reduce it to a value,"
                                + " such as product_viewed.count().");
    }

    @Test
    void refusesNonIncrementalExpressions() {
        assertThat(problems("segment: a\nwhen: product_viewed.filter(v, order_completed.count() > 0).count() > 0"))
                .contains("'order_completed' cannot be used inside the condition of another stream");
        assertThat(problems("segment: a\nwhen: product_viewed.latest() == product_viewed.latest()"))
                .contains("latest() is a whole event");
    }
}
