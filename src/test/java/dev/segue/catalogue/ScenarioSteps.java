// SPDX-License-Identifier: Apache-2.0
package dev.segue.catalogue;

import dev.segue.event.BadRecord;
import dev.segue.event.ProductFacts;
import dev.segue.replay.ProductFile;
import dev.segue.replay.file.RefusedRow;
import dev.segue.serde.event.EventBuilder;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the steps of one story. */
final class ScenarioSteps {
    /** Begins the ids of customers with whom others are compared; their own changes do not matter. */
    static final String CROWD = "crowd-";

    private final EventBuilder builder = new EventBuilder(Shipped.VOCABULARY);
    private int events;
    private int strangers;
    private int crowd;

    List<ScenarioStep> read(List<Map<String, Object>> written) throws BadRecord {
        List<ScenarioStep> steps = new ArrayList<>();
        for (Map<String, Object> one : written) {
            ScenarioStep step = read(one);
            if (isExpected(step) && (steps.isEmpty() || isExpected(steps.get(steps.size() - 1)))) {
                throw new IllegalArgumentException(
                        "'" + one.keySet().iterator().next() + "' follows an event, 'time' or 'border'");
            }
            steps.add(step);
            for (int number = 1; number < crowd; number++) {
                steps.add(read(one));
            }
            crowd = 0;
        }
        return steps;
    }

    private static boolean isExpected(ScenarioStep step) {
        return step instanceof ScenarioStep.Expect || step instanceof ScenarioStep.Decide;
    }

    private ScenarioStep read(Map<String, Object> step) throws BadRecord {
        if (step.containsKey("event")) {
            return happens(step);
        }
        if (step.keySet().equals(Set.of("at", "product"))) {
            return informed(step.get("at"), (Map<?, ?>) step.get("product"));
        }
        if (step.keySet().equals(Set.of("time"))) {
            return new ScenarioStep.TimeIs(instant(step.get("time")));
        }
        if (step.keySet().equals(Set.of("border"))) {
            return new ScenarioStep.Border(instant(step.get("border")));
        }
        if (step.keySet().equals(Set.of("expect"))) {
            return expect((List<?>) step.get("expect"));
        }
        if (step.keySet().equals(Set.of("decisions"))) {
            return new ScenarioStep.Decide(((List<?>) step.get("decisions"))
                    .stream().map(ExpectedDecision::read).toList());
        }
        throw new IllegalArgumentException(
                "a step has 'at', 'customer' and 'event', or 'at' and 'product', or is 'time', 'border', 'expect' or"
                        + " 'decisions'; " + step.keySet() + " is none of these");
    }

    /** All other keys are fields of the event. */
    private ScenarioStep happens(Map<String, Object> step) throws BadRecord {
        Map<String, Object> values = new LinkedHashMap<>(step);
        Object many = values.remove("crowd");
        if (many != null) {
            crowd = (Integer) many;
            values.put("customer", CROWD + ++strangers);
        }
        values.put("type", values.remove("event"));
        values.put("customer_id", values.remove("customer"));
        values.put("occurred_at", instant(values.remove("at")));
        values.putIfAbsent("event_id", "e" + ++events);
        return new ScenarioStep.Happens(builder.build(values));
    }

    /** All other keys than the id are fields of the product; with none, it is withdrawn. */
    private static ScenarioStep informed(Object at, Map<?, ?> product) {
        Map<String, Object> row = new LinkedHashMap<>();
        product.forEach((key, value) -> {
            if (!List.of("id", "variants").contains(key) && ProductFacts.TYPE.slot((String) key) < 0) {
                throw new IllegalArgumentException("a product has no field '" + key + "'");
            }
            row.put(key.equals("id") ? "product_id" : (String) key, value);
        });
        row.put("at", instant(at));
        try {
            return new ScenarioStep.Informed(ProductFile.facts(row));
        } catch (RefusedRow refused) {
            throw new IllegalArgumentException("product: " + refused.reason(), refused);
        }
    }

    @SuppressWarnings("unchecked") // YAML's maps have text for keys.
    private static ScenarioStep expect(List<?> changes) {
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("'expect' is empty; nothing is expected where it is left out");
        }
        return new ScenarioStep.Expect(changes.stream()
                .map(change -> ExpectedChange.read((Map<String, Object>) change))
                .toList());
    }

    private static Instant instant(Object text) {
        return OffsetDateTime.parse(String.valueOf(text)).toInstant();
    }
}
