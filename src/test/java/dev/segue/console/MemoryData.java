// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import dev.segue.config.CurrencySettings;
import dev.segue.config.WidthSettings;
import dev.segue.console.page.ConsoleData;
import dev.segue.console.page.CustomerTrail;
import dev.segue.console.page.Freshness;
import dev.segue.console.page.LiveDefinitions;
import dev.segue.console.page.Member;
import dev.segue.console.page.ValueCounts;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionSet;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.definition.SetOptions;
import dev.segue.event.Change;
import dev.segue.event.CustomerProfile;
import dev.segue.event.OriginPrecedence;
import dev.segue.event.TriggerDecision;
import dev.segue.event.Vocabulary;
import dev.segue.plan.explain.PlanDescription;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.event.InvalidSchemas;
import dev.segue.statistics.Measure;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Data for pages, given by tests. */
public final class MemoryData implements ConsoleData {
    public static final Instant NOW = Instant.parse("2026-06-15T12:30:00Z");
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final Vocabulary vocabulary = vocabulary();
    private final List<DefinitionSet> sets = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final List<Statistic> statistics = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<TriggerDecision> decisions = new ArrayList<>();
    private final Map<String, CustomerTrail> trails = new HashMap<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private LiveDefinitions live = live(List.of(), WidthSettings.defaults());
    private Freshness freshness = new Freshness(Duration.ofMillis(1500), null, List.of());

    private static Vocabulary vocabulary() {
        try {
            return EventSchemas.read(Path.of("schemas", "events")).vocabulary();
        } catch (InvalidSchemas invalid) {
            throw new AssertionError(invalid);
        }
    }

    private LiveDefinitions live(List<Definition> definitions, WidthSettings width) {
        return new LiveDefinitions(
                sets, definitions, () -> PlanDescription.of(definitions, vocabulary), width, UTC, null);
    }

    /** Publishes definitions, each a document of its own, as the next revision. */
    public MemoryData publish(String by, WidthSettings width, String... yaml) {
        List<DefinitionText> texts = new ArrayList<>();
        for (String text : yaml) {
            texts.add(new DefinitionText("segments/" + texts.size() + ".yaml", text));
        }
        try {
            var checked = new DefinitionReader(vocabulary).check(texts, List.of());
            sets.add(new DefinitionSet(
                    sets.size() + 1L,
                    NOW.minus(Duration.ofDays(10L - sets.size())),
                    by,
                    null,
                    new SetOptions(UTC, 16, CurrencySettings.none(), OriginPrecedence.usual()),
                    checked.sources()));
            live = live(checked.definitions(), width);
        } catch (InvalidDefinitions invalid) {
            throw new AssertionError(invalid);
        }
        return this;
    }

    public MemoryData publish(String... yaml) {
        return publish("ann", WidthSettings.defaults(), yaml);
    }

    public MemoryData member(String customer, String segment) {
        return member(customer, segment, null);
    }

    public MemoryData member(String customer, String segment, Object value) {
        members.add(new Member(
                customer, new CustomerProfile.Membership(segment, value, null, NOW.minus(Duration.ofHours(3)), "v1")));
        return this;
    }

    public MemoryData count(Subject subject, WindowSize size, Instant start, Measure measure, long count) {
        WindowCounts counts = new WindowCounts();
        counts.add(measure, count);
        return count(subject, size, start, counts);
    }

    public MemoryData count(Subject subject, WindowSize size, Instant start, WindowCounts counts) {
        statistics.add(new Statistic(size, start.toEpochMilli(), subject, counts));
        return this;
    }

    public MemoryData decision(TriggerDecision decision) {
        decisions.add(decision);
        return this;
    }

    public MemoryData fresh(Freshness value) {
        freshness = value;
        return this;
    }

    public MemoryData trail(String customer, CustomerTrail trail) {
        trails.put(customer, trail);
        return this;
    }

    public void change(Change change) {
        changes.add(0, change);
        listeners.forEach(listener -> listener.accept(change));
    }

    public int listeners() {
        return listeners.size();
    }

    @Override
    public Instant now() {
        return NOW;
    }

    @Override
    public LiveDefinitions definitions() {
        return live;
    }

    @Override
    public Freshness freshness() {
        return freshness;
    }

    @Override
    public long customers() {
        return members.stream().map(Member::customer).distinct().count();
    }

    @Override
    public long members(String segment) {
        return members(segment, "", Integer.MAX_VALUE).size();
    }

    @Override
    public List<Member> members(String segment, String after, int most) {
        return members.stream()
                .filter(member -> member.membership().segment().equals(segment)
                        && member.customer().compareTo(after) > 0)
                .sorted(Comparator.comparing(Member::customer))
                .limit(most)
                .toList();
    }

    @Override
    public List<Member> memberships(String customer) {
        return members.stream()
                .filter(member -> member.customer().equals(customer))
                .toList();
    }

    @Override
    public List<String> customers(String prefix, String after, int most) {
        return members.stream()
                .map(Member::customer)
                .distinct()
                .filter(customer -> customer.startsWith(prefix) && customer.compareTo(after) > 0)
                .sorted()
                .limit(most)
                .toList();
    }

    @Override
    public CustomerTrail trail(String customer) {
        return trails.getOrDefault(customer, CustomerTrail.EMPTY);
    }

    @Override
    public ValueCounts values(String trait, int most) {
        TreeMap<String, Long> counts = new TreeMap<>();
        members(trait, "", Integer.MAX_VALUE)
                .forEach(member ->
                        counts.merge(String.valueOf(member.membership().value()), 1L, Long::sum));
        List<ValueCounts.Count> top = counts.entrySet().stream()
                .map(entry -> new ValueCounts.Count(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(ValueCounts.Count::customers).reversed())
                .limit(most)
                .toList();
        return new ValueCounts(top, counts.size(), true);
    }

    @Override
    public NavigableMap<Long, WindowCounts> windows(Subject subject, WindowSize size, long from) {
        NavigableMap<Long, WindowCounts> windows = new TreeMap<>();
        statistics(subject.kind(), size, from).stream()
                .filter(statistic -> statistic.subject().equals(subject))
                .forEach(statistic -> windows.computeIfAbsent(statistic.start(), start -> new WindowCounts())
                        .add(statistic.counts()));
        return windows;
    }

    @Override
    public List<Statistic> statistics(StatisticKind kind, WindowSize size, long from) {
        return statistics.stream()
                .filter(statistic ->
                        statistic.subject().kind() == kind && statistic.size() == size && statistic.start() >= from)
                .sorted(Comparator.comparingLong(Statistic::start))
                .toList();
    }

    @Override
    public List<Change> changes(String segment, int most) {
        return changes.stream()
                .filter(change -> change.segment().equals(segment))
                .limit(most)
                .toList();
    }

    @Override
    public List<TriggerDecision> decisions(String trigger, int most) {
        return decisions.stream()
                .filter(decision -> decision.trigger().equals(trigger))
                .limit(most)
                .toList();
    }

    @Override
    public Runnable follow(Consumer<Change> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
