// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.replay.backtest.Activation;
import dev.segue.replay.backtest.BacktestReport;
import dev.segue.replay.backtest.ComparedSet;
import dev.segue.replay.backtest.DefinitionChange;
import dev.segue.replay.backtest.DefinitionReport;
import dev.segue.replay.backtest.InputCounts;
import dev.segue.replay.backtest.Sample;
import dev.segue.replay.backtest.SegmentReport;
import dev.segue.replay.backtest.SideReport;
import dev.segue.serde.output.ChangeJson;
import dev.segue.value.ValueText;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a backtest's report as JSON; docs/backtest.md describes the keys. */
public final class BacktestJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private BacktestJson() {}

    /** Returns the report on several lines, without a final line break. */
    public static String write(BacktestReport report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("from", ValueText.instant(report.from()));
        root.put("to", ValueText.instant(report.to()));
        root.put("zone", report.zone().getId());
        root.set("old", set(report.sets().before()));
        root.set("new", set(report.sets().after()));
        root.set("input", input(report.input()));
        root.set("activation", activation(report.activation()));
        ArrayNode definitions = root.putArray("definitions");
        report.definitions().forEach(definition -> definitions.add(definition(definition)));
        ArrayNode unchanged = root.putArray("unchanged");
        report.unchanged()
                .forEach(one -> unchanged
                        .addObject()
                        .put("name", one.name())
                        .put("kind", one.kind())
                        .put("members", one.members()));
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static ObjectNode set(ComparedSet set) {
        return JSON.createObjectNode()
                .put("name", set.name())
                .put("definitions", set.definitions().size());
    }

    private static ObjectNode input(InputCounts input) {
        ObjectNode node = JSON.createObjectNode()
                .put("events", input.read())
                .put("in_window", input.inWindow())
                .put("left_out", input.leftOut())
                .put("duplicates", input.duplicates())
                .put("late", input.late())
                .put("dropped", input.dropped())
                .put("customers", input.customers());
        ObjectNode refused = node.putObject("refused");
        new TreeMap<>(input.refused()).forEach(refused::put);
        ObjectNode failures = node.putObject("failures");
        new TreeMap<>(input.failures()).forEach(failures::put);
        return node;
    }

    private static ObjectNode activation(Activation activation) {
        return JSON.createObjectNode()
                .put("enters", activation.enters())
                .put("exits", activation.exits())
                .put("updates", activation.updates())
                .put("stays", activation.stays());
    }

    private static ObjectNode definition(DefinitionReport definition) {
        DefinitionChange change = definition.change();
        ObjectNode node = JSON.createObjectNode()
                .put("name", change.name())
                .put("kind", change.latest().kind())
                .put("status", BacktestText.word(change.status()));
        ArrayNode reads = node.putArray("reads");
        change.reads().forEach(reads::add);
        node.put("old_version", change.before() == null ? null : change.before().version());
        node.put("new_version", change.after() == null ? null : change.after().version());
        node.set("activation", activation(definition.activation()));
        ArrayNode segments = node.putArray("segments");
        definition.segments().forEach(segment -> segments.add(segment(segment)));
        if (definition.isTrigger()) {
            ArrayNode decisions = node.putArray("decisions");
            DecisionRows.of(definition)
                    .forEach(row -> decisions
                            .addObject()
                            .put("decision", row.decision().name())
                            .put("old", row.old())
                            .put("new", row.changed()));
        }
        return node;
    }

    private static ObjectNode segment(SegmentReport segment) {
        ObjectNode node = JSON.createObjectNode().put("segment", segment.name());
        node.set("old", side(segment.before()));
        node.set("new", side(segment.after()));
        node.set("activation", activation(segment.activation()));
        node.set("only_old", samples(segment.activation().exits(), segment.onlyBefore()));
        node.set("only_new", samples(segment.activation().enters(), segment.onlyAfter()));
        ArrayNode overlap = node.putArray("overlap");
        segment.overlap()
                .forEach(other -> overlap.addObject()
                        .put("segment", other.segment())
                        .put("members", other.members())
                        .put("share", other.share()));
        return node;
    }

    private static @Nullable ObjectNode side(@Nullable SideReport side) {
        if (side == null) {
            return null;
        }
        ObjectNode node = JSON.createObjectNode()
                .put("members", side.members())
                .put("members_at_start", side.membersAtStart())
                .put("entered", side.entered())
                .put("exited", side.exited())
                .put("updated", side.updated());
        node.putObject("customers_who_entered")
                .put("once_or_more", side.flips().once())
                .put("twice_or_more", side.flips().twice())
                .put("five_times_or_more", side.flips().fiveTimes());
        node.putObject("stays")
                .put("closed", side.stays().closed())
                .put("open", side.stays().open())
                .put("median_ms", side.stays().median())
                .put("ninety_percent_ms", side.stays().ninetyPercent());
        ArrayNode days = node.putArray("days");
        side.days()
                .forEach(day -> days.addObject()
                        .put("date", day.date().toString())
                        .put("members", day.members())
                        .put("entered", day.entered())
                        .put("exited", day.exited()));
        ArrayNode values = node.putArray("values");
        side.values()
                .forEach(value -> values.addObject().put("value", value.value()).put("members", value.customers()));
        node.put("other_values", side.otherValues());
        return node;
    }

    private static ObjectNode samples(long customers, List<Sample> samples) {
        ObjectNode node = JSON.createObjectNode().put("customers", customers);
        ArrayNode list = node.putArray("samples");
        samples.forEach(sample -> list.add(sample(sample)));
        return node;
    }

    private static ObjectNode sample(Sample sample) {
        ObjectNode node = JSON.createObjectNode().put("customer", sample.customer());
        node.put("reason", SampleText.reason(sample));
        ArrayNode missing = node.putArray("missing");
        sample.missing().forEach(line -> missing.add(line));
        try {
            if (sample.change() == null) {
                node.putNull("change");
            } else {
                node.put("set", sample.ofNewSet() ? "new" : "old");
                node.set("change", JSON.readTree(ChangeJson.write(sample.change())));
            }
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return node;
    }
}
