// SPDX-License-Identifier: Apache-2.0
package dev.segue.catalogue;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.trigger.Holdout;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Generates the table of docs/triggers.md from the files in triggers/. */
final class TriggerTable {
    static final String BEGIN = "<!-- triggers -->\n";
    static final String END = "<!-- end -->\n";

    private TriggerTable() {}

    /** Returns the document with the table of today. */
    static String into(String document) {
        return document.substring(0, document.indexOf(BEGIN) + BEGIN.length())
                + write()
                + document.substring(document.indexOf(END));
    }

    private static String write() {
        StringBuilder text = new StringBuilder(
                "| trigger | meaning | begins with | by | held out | goal |\n|---|---|---|---|---|---|\n");
        for (Definition definition : Shipped.SENDING.values()) {
            if (definition.rule() instanceof DefinitionRule.Trigger trigger) {
                List<String> cells = new ArrayList<>();
                cells.add("[" + definition.name() + "](../" + Shipped.file(definition) + ")");
                cells.add(definition.describes());
                cells.add("`" + trigger.segment() + "` " + trigger.on());
                cells.add("`" + trigger.channelName() + "`");
                cells.add(
                        trigger.holdout().equals(Holdout.NONE)
                                ? ""
                                : BigDecimal.valueOf(trigger.holdout().share(), 2)
                                                .stripTrailingZeros()
                                                .toPlainString() + " %");
                cells.add(
                        trigger.goal() == null
                                ? ""
                                : "`" + trigger.goal().event() + "` within "
                                        + trigger.goal().within().text());
                text.append("| ").append(String.join(" | ", cells)).append(" |\n");
            }
        }
        return text.toString().replaceAll(" +\\|", " |");
    }
}
