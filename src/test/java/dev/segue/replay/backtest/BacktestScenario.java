// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.config.ErasureSettings;
import dev.segue.config.IdentitySettings;
import dev.segue.config.LimitSettings;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.event.EventNames;
import dev.segue.event.EventType;
import dev.segue.event.SmallShop;
import dev.segue.event.Vocabulary;
import dev.segue.plan.PlanOptions;
import dev.segue.plan.identity.Linking;
import dev.segue.replay.EventsInMemory;
import dev.segue.replay.Until;
import dev.segue.serde.event.EventBuilder;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A backtest of a few events, in the words of the field. */
final class BacktestScenario {
    private static final Vocabulary ERASURE =
            new Vocabulary(List.of(new EventType(EventNames.CUSTOMER_ERASED, List.of(), false)));

    private final Both<ComparedSet> sets;
    private final List<Event> events = new ArrayList<>();
    private String zone = "UTC";
    private long from = Long.MIN_VALUE;
    private Until to = BacktestWindow.all().to();

    private BacktestScenario(String before, String after) {
        this.sets = new Both<>(new ComparedSet("old", read(before)), new ComparedSet("new", read(after)));
    }

    static BacktestScenario of(String before, String after) {
        return new BacktestScenario(before, after);
    }

    private static List<Definition> read(String yaml) {
        try {
            return yaml.isEmpty()
                    ? List.of()
                    : new DefinitionReader(SmallShop.VOCABULARY).read(List.of(new DefinitionText("test.yaml", yaml)));
        } catch (InvalidDefinitions invalid) {
            throw new AssertionError(invalid);
        }
    }

    BacktestScenario inZone(String name) {
        zone = name;
        return this;
    }

    BacktestScenario from(String instant) {
        from = Instant.parse(instant).toEpochMilli();
        return this;
    }

    BacktestScenario to(String instant) {
        to = new Until.At(Instant.parse(instant).toEpochMilli());
        return this;
    }

    /** @param values field and value in turn */
    BacktestScenario event(String at, String customer, String type, Object... values) {
        Map<String, Object> fields = new HashMap<>(
                Map.of("type", type, "customer_id", customer, "event_id", "e" + events.size(), "occurred_at", at));
        for (int index = 0; index < values.length; index += 2) {
            fields.put((String) values[index], values[index + 1]);
        }
        try {
            events.add(new EventBuilder(type.equals(EventNames.CUSTOMER_ERASED) ? ERASURE : SmallShop.VOCABULARY)
                    .build(fields));
        } catch (BadRecord bad) {
            throw new AssertionError(bad);
        }
        return this;
    }

    /** Returns the backtest before it has read any event. */
    Backtest unread() {
        return new Backtest(
                sets,
                SmallShop.VOCABULARY,
                PlanOptions.defaults().withZone(ZoneId.of(zone)),
                new Linking(IdentitySettings.defaults(), LimitSettings.defaults()),
                ErasureSettings.defaults(),
                new BacktestWindow(from, to));
    }

    BacktestReport report() {
        Backtest backtest = unread();
        backtest.read(new EventsInMemory(events), any -> {});
        return backtest.report();
    }

    /** Reports on the only segment of the only definition that is not unchanged. */
    SegmentReport segment() {
        return report().definitions().get(0).segments().get(0);
    }
}
