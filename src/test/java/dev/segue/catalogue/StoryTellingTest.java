// SPDX-License-Identifier: Apache-2.0
package dev.segue.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.story.PlanStage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wrong scenario fails, and the message names the place. */
class StoryTellingTest {
    private static final String ADDED = """
            - {at: 2026-03-02T10:00Z, customer: ann, event: product_added, product_id: tent, price: 5}
            """;
    private static final String RIGHT = """
            - border: 2026-03-02T11:00Z
            - expect:
                - change: ann cart-abandoned ENTERED 2026-03-02T11:00Z
                  because: {cart.count(): 1, activity.within('1h').count(): 0}
                  carry: {items: [tent], categories: [''], value: 5.0}
            """;

    @TempDir
    private Path directory;

    private void run(String steps) throws Exception {
        Definition definition = Shipped.DEFINITIONS.get("cart-abandoned");
        List<ScenarioStep> story = read(steps).stories().get("story");
        assertThat(story).isNotNull();
        new StoryTelling("story", definition.segments(), new PlanStage(Shipped.plan(definition), false)).run(story);
    }

    private ScenarioFile read(String steps) throws Exception {
        Path file = directory.resolve("cart-abandoned.yaml");
        return ScenarioFile.read(Files.writeString(file, "stories:\n  story:\n" + steps.indent(4)));
    }

    private void assertFails(String steps, String... words) {
        assertThatThrownBy(() -> run(steps)).isInstanceOf(AssertionError.class).hasMessageContainingAll(words);
    }

    @Test
    void rightStoryPasses() throws Exception {
        run(ADDED + RIGHT);
    }

    @Test
    void missingChangeFails() {
        assertFails(ADDED + RIGHT.replace("11:00Z", "10:59Z"), "story, step 2: time is 2026-03-02T10:59:00Z");
    }

    @Test
    void surplusChangeFails() {
        assertFails(ADDED + "- time: 2026-03-02T11:00Z\n", "step 2", "ann cart-abandoned ENTERED 2026-03-02T11:00:00Z");
    }

    @Test
    void earlyChangeFails() {
        assertFails(
                ADDED + RIGHT.replace("border: 2026-03-02T11:00Z", "border: 2026-03-02T11:00:00.001Z"), "11:00:00Z");
    }

    @Test
    void otherEvidenceAndOtherCarryFail() {
        assertFails(ADDED + RIGHT.replace("cart.count(): 1", "cart.count(): 2"), "cart.count(): 2", "cart.count(): 1");
        assertFails(ADDED + RIGHT.replace(", activity.within('1h').count(): 0", ""), "activity.within('1h').count()");
        assertFails(ADDED + RIGHT.replace("5.0", "6.0"), "value: 6.0", "value: 5.0");
    }

    @Test
    void productsAreToldOf() throws Exception {
        Definition low = new DefinitionReader(Shipped.VOCABULARY)
                .read(List.of(new DefinitionText("low.yaml", """
                        segment: low
                        when: cart.exists(l, product(l.product_id).stock > 0 && product(l.product_id).price < l.price)
                        """)))
                .get(0);
        String story = ADDED + """
                - {at: 2026-03-02T10:01Z, product: {id: tent, stock: 1, price: 5}}
                - {at: 2026-03-02T10:02Z, product: {id: tent, stock: 1, price: 4.99}}
                - expect:
                    - {change: ann low ENTERED 2026-03-02T10:02Z}
                - {at: 2026-03-02T10:03Z, product: {id: tent}}
                - expect:
                    - {change: ann low EXITED 2026-03-02T10:03Z}
                """;
        for (boolean stores : new boolean[] {false, true}) {
            List<ScenarioStep> steps = read(story).stories().get("story");
            assertThat(steps).isNotNull();
            new StoryTelling("story", low.segments(), new PlanStage(Shipped.plan(low), stores)).run(steps);
        }
    }

    @Test
    void refusesInvalidProduct() {
        assertFails("- {at: 2026-03-02T10:01Z, product: {id: tent, prize: 1}}\n", "a product has no field 'prize'");
        assertFails("- {at: 2026-03-02T10:01Z, product: {id: tent, stock: -1}}\n", "stock '-1' is negative");
        assertFails("- {at: 2026-03-02T10:01Z, product: {stock: 1}}\n", "product_id is missing");
    }

    @Test
    void refusesInvalidStep() {
        assertFails("- {until: 2026-03-02T11:00Z}\n", "a step has 'at', 'customer' and 'event'");
        assertFails(
                "- expect: [{change: ann cart-abandoned ENTERED 2026-03-02T11:00Z}]\n", "'expect' follows an event");
        assertFails(ADDED + "- expect: []\n", "'expect' is empty");
        assertFails(ADDED.replace("price", "prize"), "prize");
    }
}
