package dev.segue.plan;

import dev.segue.event.Evidence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/** A condition of a definition with what it reads, in the order written. */
record Condition(Node node, List<Reading> readings) {

    /** The opposite, of the same readings. */
    Condition negated() {
        return new Condition(new Not(node), readings);
    }

    long stableUntil(Frame frame) {
        return node.stableUntil(frame);
    }

    void forEachAggregate(IntConsumer action) {
        readings.forEach(reading -> reading.forEachAggregate(action));
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
                told.add(""); // It cannot have decided, and there is no value to tell.
            }
        }
        return evidence;
    }
}
