// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.Param;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Formats definitions in columns: name, kind, and below each other description, choices, params and tags. */
public final class DefinitionsTable {
    private static final int KIND = "segment".length();

    private final List<Definition> definitions;
    private final int name;

    public DefinitionsTable(List<Definition> definitions) {
        this.definitions = definitions;
        this.name = definitions.stream()
                .mapToInt(definition -> definition.name().length())
                .max()
                .orElse("name".length());
    }

    public void print(PrintWriter out) {
        print("name", "kind", "description, choices, params, tags", out);
        for (Definition definition : definitions) {
            List<String> cells = cells(definition);
            print(definition.name(), definition.kind(), cells.get(0), out);
            cells.subList(1, cells.size()).forEach(cell -> print("", "", cell, out));
        }
    }

    private static List<String> cells(Definition definition) {
        List<String> cells = new ArrayList<>();
        if (!definition.describes().isBlank()) {
            cells.add(definition.describes());
        }
        if (definition.rule() instanceof DefinitionRule.Group group) {
            cells.add("choices: " + String.join(", ", group.choices().keySet()));
        }
        if (definition.rule() instanceof DefinitionRule.Trigger trigger) {
            cells.add("on: " + trigger.segment() + " " + trigger.on() + ", channel: " + trigger.channelName());
        }
        if (!definition.params().isEmpty()) {
            cells.add("params: "
                    + definition.params().entrySet().stream()
                            .map(param -> param.getKey() + "=" + value(param.getValue()))
                            .collect(Collectors.joining(", ")));
        }
        if (!definition.tags().isEmpty()) {
            cells.add("tags: " + String.join(", ", definition.tags()));
        }
        return cells.isEmpty() ? List.of("") : cells;
    }

    /** For a value that was set from outside, adds the value in the file. */
    private static String value(Param param) {
        String inForce = ParamValue.of(param.inForce());
        return param.overriddenAt() == null
                ? inForce
                : inForce + " (overridden, " + ParamValue.of(param.inFile()) + " in the file)";
    }

    private void print(String first, String second, String text, PrintWriter out) {
        String format = "%-" + name + "s  %-" + KIND + "s  ";
        String left = String.format(format, first, second);
        String blank = String.format(format, "", "");
        // Names have at most 64 characters; even then there is room for some words.
        List<String> lines = Wrapped.lines(text, Math.max(20, Wrapped.COLUMNS - left.length()));
        for (int line = 0; line < lines.size(); line++) {
            out.println(((line == 0 ? left : blank) + lines.get(line)).stripTrailing());
        }
    }
}
