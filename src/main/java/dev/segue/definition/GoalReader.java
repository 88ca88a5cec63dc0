// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.definition.language.Span;
import dev.segue.definition.trigger.Goal;
import dev.segue.event.EventType;
import dev.segue.event.Field;
import dev.segue.event.FieldType.Scalar;
import dev.segue.event.Nearest;
import dev.segue.event.Vocabulary;
import dev.segue.yaml.YamlFile;
import dev.segue.yaml.YamlMap;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads what a trigger is for. */
final class GoalReader {
    private static final Duration LONGEST = Duration.ofDays(90);
    private static final Set<Scalar> NUMBERS = Set.of(Scalar.INTEGER, Scalar.DOUBLE, Scalar.DECIMAL);

    private final YamlMap goal;
    private final PartReader parts;
    private final YamlFile file;

    GoalReader(YamlMap goal, PartReader parts) {
        this.goal = goal;
        this.parts = parts;
        this.file = parts.file();
    }

    Optional<Goal> read(Vocabulary vocabulary) {
        goal.rejectUnknown(Set.of("event", "within", "value"));
        Optional<EventType> event = goal.requiredScalar("event").flatMap(node -> event(vocabulary, node));
        Optional<ScalarNode> time = goal.requiredScalar("within");
        Optional<Span> within = parts.duration(goal, "within");
        if (within.isPresent() && within.get().millis() > LONGEST.toMillis()) {
            file.problem(
                    time.orElseThrow(),
                    "'" + within.get().text() + "' is longer than a goal is waited for, " + LONGEST.toDays() + "d.");
        }
        if (event.isEmpty() || within.isEmpty()) {
            return Optional.empty();
        }
        Optional<ScalarNode> value = goal.scalar("value");
        value.ifPresent(node -> check(event.get(), node));
        return Optional.of(new Goal(
                event.get().name(),
                within.get(),
                value.map(ScalarNode::getValue).orElse(null)));
    }

    private Optional<EventType> event(Vocabulary vocabulary, ScalarNode node) {
        EventType type = vocabulary.find(node.getValue());
        if (type == null) {
            List<String> known =
                    vocabulary.types().stream().map(EventType::name).toList();
            file.problem(
                    node,
                    "there is no event '" + node.getValue() + "'. A goal is an event, such as order_completed."
                            + Nearest.hint(node.getValue(), known));
        }
        return Optional.ofNullable(type);
    }

    private void check(EventType event, ScalarNode node) {
        List<String> numbers = event.record().fields().stream()
                .filter(field -> field.type() instanceof Scalar scalar && NUMBERS.contains(scalar))
                .map(Field::name)
                .sorted()
                .toList();
        if (!numbers.contains(node.getValue())) {
            file.problem(
                    node,
                    "'" + node.getValue() + "' is not a number of " + event.name() + ". "
                            + (numbers.isEmpty()
                                    ? "It has none: leave 'value' out."
                                    : "Its numbers: " + String.join(", ", numbers) + "."));
        }
    }
}
