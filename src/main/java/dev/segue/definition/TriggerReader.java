// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Reference;
import dev.segue.definition.language.Span;
import dev.segue.definition.trigger.BestHour;
import dev.segue.definition.trigger.Goal;
import dev.segue.definition.trigger.Holdout;
import dev.segue.definition.trigger.Sending;
import dev.segue.event.Change;
import dev.segue.event.Vocabulary;
import dev.segue.yaml.ScalarText;
import dev.segue.yaml.YamlFile;
import dev.segue.yaml.YamlMap;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the rule of a trigger, or of a channel. */
final class TriggerReader {
    private static final Duration USUAL_EXPIRY = Duration.ofHours(24);
    private static final int MOST_PRIORITY = 1000;
    private static final Set<String> CHANGES = Set.of("ENTERED", "EXITED", "UPDATED");
    private static final BigDecimal MOST_HELD_OUT = BigDecimal.valueOf(50);

    private final String name;
    private final YamlMap definition;
    private final Node document;
    private final PartReader parts;
    private final YamlFile file;
    private final List<Reference> references = new ArrayList<>();

    TriggerReader(String name, YamlMap definition, Node document, PartReader parts) {
        this.name = name;
        this.definition = definition;
        this.document = document;
        this.parts = parts;
        this.file = parts.file();
    }

    /** Returns the segment and the trait that the trigger names. */
    List<Reference> references() {
        return references;
    }

    Optional<DefinitionRule> channel() {
        if (definition.value("consent") == null) {
            file.problem(
                    document,
                    "the key 'consent' is missing. Write when a customer may be written to on this channel, such as"
                            + " profile.consent.email == true. Write 'true' if nobody has to agree, because the channel"
                            + " leads to your own people.");
        }
        Sending sending = new SendingReader(definition, parts).read();
        return sending.consent() == null ? Optional.empty() : Optional.of(new DefinitionRule.Channel(sending));
    }

    Optional<DefinitionRule> trigger(Vocabulary vocabulary, Names names) {
        Optional<Start> start = start();
        Optional<ScalarNode> channel = definition.requiredScalar("channel");
        channel.ifPresent(node -> names.referToChannel(reference(node)));
        Optional<Expression> when = parts.condition(definition, "when");
        Optional<Expression> cancel = parts.condition(definition, "cancel");
        Optional<Span> pause = parts.duration(definition, "wait");
        Optional<BestHour> best = bestHour(names);
        Sending sending = new SendingReader(definition, parts).read();
        boolean drops = definition
                .choice("over_cap", Set.of("wait", "drop"))
                .filter("drop"::equals)
                .isPresent();
        int priority = definition.scalar("priority").map(this::priority).orElse(0);
        Holdout holdout = definition.scalar("holdout").map(this::holdout).orElse(Holdout.NONE);
        Span expires = expires(pause);
        Optional<Goal> goal = definition.nested("goal").flatMap(map -> new GoalReader(map, parts).read(vocabulary));
        boolean backfilled = definition.flag("backfilled", false);
        if (start.isEmpty() || channel.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DefinitionRule.Trigger(
                start.get().segment(),
                start.get().change(),
                backfilled,
                channel.get().getValue(),
                null,
                when.orElse(null),
                cancel.orElse(null),
                pause.orElse(null),
                best.orElse(null),
                sending,
                drops,
                priority,
                holdout,
                expires,
                goal.orElse(null)));
    }

    /** What begins an activation. */
    private record Start(String segment, Change.Kind change) {}

    private Optional<Start> start() {
        if (!(definition.required("on").orElse(null) instanceof MappingNode)) {
            return definition.scalar("on").map(node -> start(node, Change.Kind.ENTERED));
        }
        Optional<YamlMap> map = definition.nested("on");
        map.ifPresent(each -> each.rejectUnknown(Set.of("segment", "change")));
        Change.Kind change = map.flatMap(each -> each.choice("change", CHANGES))
                .map(Change.Kind::valueOf)
                .orElse(Change.Kind.ENTERED);
        return map.flatMap(each -> each.requiredScalar("segment")).map(node -> start(node, change));
    }

    private Start start(ScalarNode segment, Change.Kind change) {
        references.add(reference(segment));
        return new Start(segment.getValue(), change);
    }

    private Reference reference(ScalarNode node) {
        return new Reference(name, node.getValue(), new ScalarText(file.text(), node), 0);
    }

    private Optional<BestHour> bestHour(Names names) {
        Optional<YamlMap> map = definition.nested("best_hour");
        if (map.isEmpty()) {
            return Optional.empty();
        }
        map.get().rejectUnknown(Set.of("trait", "within"));
        Optional<ScalarNode> trait = map.get().requiredScalar("trait");
        map.get().requiredScalar("within");
        Optional<Span> within = parts.duration(map.get(), "within");
        trait.map(this::reference).ifPresent(asked -> {
            references.add(asked);
            names.referToTrait(asked);
        });
        return trait.flatMap(asked -> within.map(time -> new BestHour(asked.getValue(), time)));
    }

    private int priority(ScalarNode node) {
        String text = node.getValue();
        if (text.matches("-?[0-9]{1,4}") && Math.abs(Integer.parseInt(text)) <= MOST_PRIORITY) {
            return Integer.parseInt(text);
        }
        file.problem(
                node,
                "'" + text + "' is not a priority. Write a whole number from -" + MOST_PRIORITY + " to " + MOST_PRIORITY
                        + "; the highest goes first.");
        return 0;
    }

    private Holdout holdout(ScalarNode node) {
        String text = node.getValue();
        if (text.matches("[0-9]{1,2}([.][0-9]{1,2})?") && new BigDecimal(text).compareTo(MOST_HELD_OUT) <= 0) {
            return new Holdout(new BigDecimal(text).movePointRight(2).intValueExact());
        }
        file.problem(
                node,
                "'" + text + "' is not a percentage from 0 to " + MOST_HELD_OUT
                        + " with at most two decimals, such as 10.");
        return Holdout.NONE;
    }

    /** Without a word, an activation ends a day after the first instant at which something may be sent. */
    private Span expires(Optional<Span> pause) {
        Span usual = Span.ofMillis(pause.map(Span::millis).orElse(0L) + USUAL_EXPIRY.toMillis());
        Optional<Span> expires = parts.duration(definition, "expires");
        if (expires.isPresent()
                && pause.isPresent()
                && expires.get().millis() <= pause.get().millis()) {
            file.problem(
                    definition.keyNode("expires"),
                    "it expires before the first instant at which something may be sent, because 'wait' is "
                            + pause.get().text() + ". Both begin with the change: make 'expires' longer.");
        }
        return expires.orElse(usual);
    }
}
