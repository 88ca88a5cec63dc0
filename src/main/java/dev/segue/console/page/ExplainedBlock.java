// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.definition.Definition;
import dev.segue.plan.explain.ExplainText;
import dev.segue.plan.explain.PlanDescription;
import dev.segue.plan.explain.PlanDescription.DefinitionDescription;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A sentence of what {@code segue explain} prints, with the list that follows it.
 *
 * @param items may be empty
 */
public record ExplainedBlock(String sentence, List<Item> items) {
    private static final String ITEM = "- ";
    private static final String DETAIL = "    ";
    /** Name and version, which the page shows elsewhere. */
    private static final int HEADING = 2;

    /**
     * One line of a list.
     *
     * @param details what is said about it below
     */
    public record Item(String text, List<String> details) {}

    /** Explains a definition in words; empty if the plan does not have it. */
    static List<ExplainedBlock> of(Definition definition, PlanDescription plan) {
        DefinitionDescription described = plan.definitions().get(definition.name());
        if (described == null) {
            return List.of();
        }
        StringWriter text = new StringWriter();
        try (PrintWriter out = new PrintWriter(text)) {
            new ExplainText(described, plan.definitions().size()).print(out);
        }
        return blocks(text.toString().lines().skip(HEADING).toList());
    }

    private static List<ExplainedBlock> blocks(List<String> lines) {
        List<ExplainedBlock> blocks = new ArrayList<>();
        for (String line : lines) {
            List<Item> items =
                    blocks.isEmpty() ? List.of() : blocks.get(blocks.size() - 1).items();
            if (line.startsWith(ITEM) && !blocks.isEmpty()) {
                items.add(new Item(line.substring(ITEM.length()), new ArrayList<>()));
            } else if (line.startsWith(DETAIL) && !items.isEmpty()) {
                items.get(items.size() - 1).details().add(line.strip());
            } else if (!line.isBlank()) {
                blocks.add(new ExplainedBlock(line, new ArrayList<>()));
            }
        }
        return blocks;
    }
}
