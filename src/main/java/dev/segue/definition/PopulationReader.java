// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.definition.language.ExpressionChecker;
import dev.segue.definition.language.PopulationKeys;
import dev.segue.definition.language.Reference;
import dev.segue.yaml.ScalarText;
import dev.segue.yaml.YamlFile;
import dev.segue.yaml.YamlMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads whose values the percentiles of one definition compare. */
final class PopulationReader {
    private static final String AMONG = "among";
    private static final String POPULATION = "population";
    private static final String MINIMUM = "minimum";
    private static final int HIGHEST_MINIMUM = 1_000_000_000;

    private final YamlMap definition;
    private final YamlFile file;

    PopulationReader(YamlMap definition, YamlFile file) {
        this.definition = definition;
        this.file = file;
    }

    PopulationKeys read() {
        int minimum = PopulationKeys.USUAL_MINIMUM;
        Optional<YamlMap> population = definition.nested(POPULATION);
        if (population.isPresent()) {
            population.get().rejectUnknown(Set.of(MINIMUM));
            Optional<ScalarNode> node = population.get().requiredScalar(MINIMUM);
            minimum = node.map(this::minimum).orElse(minimum);
        }
        return new PopulationKeys(among().map(ScalarNode::getValue).orElse(null), minimum);
    }

    private Optional<ScalarNode> among() {
        Optional<ScalarNode> among = definition.scalar(AMONG);
        if (among.isPresent() && among.get().getValue().isBlank()) {
            file.problem(
                    among.get(),
                    "'among' is empty. Write the segment whose members percentile() compares, or leave it out.");
            return Optional.empty();
        }
        return among;
    }

    private int minimum(ScalarNode node) {
        String text = node.getValue();
        if (text.matches("[1-9][0-9]{0,9}") && Long.parseLong(text) <= HIGHEST_MINIMUM) {
            return Integer.parseInt(text);
        }
        file.problem(
                node,
                "'" + text + "' is not a number of customers. Write a whole number from 1, such as "
                        + PopulationKeys.USUAL_MINIMUM + ": with fewer customers, nobody has a percentile.");
        return PopulationKeys.USUAL_MINIMUM;
    }

    /**
     * Complains of keys without a use; returns the reference to the segment whose members are compared.
     *
     * @param valid whether all expressions could be read
     */
    List<Reference> check(String name, ExpressionChecker checker, boolean valid) {
        for (String key : List.of(AMONG, POPULATION)) {
            if (valid && definition.value(key) != null && !checker.comparesCustomers()) {
                file.problem(
                        definition.keyNode(key),
                        "'" + key + "' is about percentile(), and the definition has none. Leave it out.");
            }
        }
        return definition
                .scalar(AMONG)
                .filter(node -> checker.comparesCustomers() && !node.getValue().isBlank())
                .stream()
                .map(node -> new Reference(name, node.getValue(), new ScalarText(file.text(), node), 0))
                .toList();
    }
}
