package dev.segue.plan;

import dev.segue.event.Evidence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * An expression of a definition with what it reads.
 *
 * @param readings what evidence tells, in the order written
 * @param hidden what else it depends on
 */
record Condition(Node node, List<Reading> readings, List<Reading> hidden) {

    /** The opposite, of the same readings. */
    Condition negated() {
        return new Condition(new Not(node), readings, hidden);
    }

    long stableUntil(Frame frame) {
        return node.stableUntil(frame);
    }

    void forEachAggregate(IntConsumer action) {
        readings.forEach(reading -> reading.forEachAggregate(action));
        hidden.forEach(reading -> reading.forEachAggregate(action));
    }

    /** Whether the condition holds; one that has no value does not, and that is told. */
    boolean holds(Look look, String definition) {
        try {
            return node.test(look.frame());
        } catch (EvaluationException failure) {
            look.fail(definition, failure);
            return false;
        }
    }

    /** What it reads and the values now; a text that stands twice is told once. */
    List<Evidence> evidence(Frame frame) {
        List<Evidence> evidence = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (Reading reading : readings) {
            try {
                Evidence found = reading.evidence(frame);
                if (told.add(found.expression())) {
                    evidence.add(found);
                }
            } catch (EvaluationException noValue) {
                // It cannot have decided, and there is no value to tell.
            }
        }
        return evidence;
    }
}
