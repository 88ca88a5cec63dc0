// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.ExpressionChecker;
import dev.segue.definition.language.ExpressionPlaces;
import dev.segue.definition.language.Language;
import dev.segue.definition.language.Reference;
import dev.segue.definition.language.Span;
import dev.segue.event.FieldType.Scalar;
import dev.segue.yaml.YamlFile;
import dev.segue.yaml.YamlMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads one YAML document as one definition. */
final class DocumentReader {
    private static final int MAX_READINGS = 64;
    private static final int MAX_POPULATIONS = 32;

    private final YamlFile file;
    private final Node document;
    private final Language language;
    private final Names names;

    DocumentReader(YamlFile file, Node document, Language language, Names names) {
        this.file = file;
        this.document = document;
        this.language = language;
        this.names = names;
    }

    /** Reads the definition without overrides; empty, with problems added, if it is invalid. */
    Optional<CheckedDefinitions.Placed> read() {
        return read(Map.of());
    }

    /** @param overridden params with overridden values; empty to use the values of the file */
    Optional<CheckedDefinitions.Placed> read(Map<String, Param> overridden) {
        int before = file.problems().size();
        Optional<YamlMap> read = YamlMap.of(
                file,
                document,
                document instanceof SequenceNode
                        ? "this is a list. Write each definition without '-', and put a line with --- between two definitions."
                        : "a definition consists of keys and values, such as 'segment: cart-abandoned'.");
        Optional<String> kind = read.flatMap(this::kind);
        if (read.isEmpty() || kind.isEmpty()) {
            return Optional.empty();
        }
        YamlMap map = read.get();
        DefinitionKeys.rejectUnknown(map, kind.get());
        String name = map.scalar(kind.get()).map(node -> name(kind.get(), node)).orElse("");
        Params inFile = Params.read(map, file);
        Params params = overridden.isEmpty() ? inFile : inFile.with(overridden);
        ExpressionPlaces places = new ExpressionPlaces(file.text());
        map.keys().forEach(key -> places.addKey(key, map.keyNode(key)));
        map.nested("params").ifPresent(each -> each.keys().forEach(key -> places.addParam(key, each.keyNode(key))));
        PopulationReader population = new PopulationReader(map, file);
        ExpressionChecker checker = new ExpressionChecker(
                name, language.dialect(params.type()), params.values(), population.read(), places, file.problems());
        PartReader parts = new PartReader(file, checker);
        TriggerReader sending = new TriggerReader(name, map, document, parts);
        Optional<DefinitionRule> rule = switch (kind.get()) {
            case "group" -> group(map, name, parts);
            case "trait" -> trait(map, parts);
            case "channel" -> sending.channel();
            case "trigger" -> sending.trigger(language.vocabulary(), names);
            default -> segment(map, parts);
        };
        Map<String, Expression> carry = parts.attached(map, kind.get().equals("trigger") ? "send" : "carry");
        boolean updateCarry = updateCarry(map);
        boolean sinceNow = sinceNow(map);
        List<String> tags = map.texts("tags").stream().map(ScalarNode::getValue).toList();
        if (checker.readings() > MAX_READINGS) {
            file.problem(
                    document,
                    "the definition reads streams " + checker.readings() + " times; the limit is " + MAX_READINGS
                            + ". Split it into several definitions, joined by in_segment.");
        }
        List<Reference> references = Stream.of(
                        checker.references(),
                        sending.references(),
                        population.check(name, checker, file.problems().size() == before))
                .flatMap(List::stream)
                .toList();
        names.refer(references);
        if (file.problems().size() > before || rule.isEmpty()) {
            return Optional.empty();
        }
        Definition definition = new Definition(
                name,
                map.text("describes"),
                DefinitionVersion.of(text(), params),
                params.all(),
                rule.get(),
                carry,
                updateCarry,
                references.stream().map(Reference::to).collect(Collectors.toUnmodifiableSet()),
                map.text("owner"),
                tags,
                sinceNow);
        Set<String> populations = DefinitionParts.percentiles(definition).keySet();
        if (names.populations(populations) > MAX_POPULATIONS && !populations.isEmpty()) {
            file.problem(
                    document,
                    "with this definition, customers are compared by more than " + MAX_POPULATIONS
                            + " values, and each takes memory for each customer. Use the same value, 'among' and"
                            + " 'minimum' in several definitions.");
            return Optional.empty();
        }
        return Optional.of(new CheckedDefinitions.Placed(
                definition, new DefinitionText(file.text().file(), text()), places));
    }

    /** Returns the kind of the definition, by the key that names it. */
    private Optional<String> kind(YamlMap map) {
        List<String> named = DefinitionKeys.kinds(map);
        if (named.size() == 1) {
            return Optional.of(named.get(0));
        }
        file.problem(
                document,
                named.isEmpty()
                        ? "the definition has no name. It begins with " + DefinitionKeys.KINDS + "."
                                + DefinitionKeys.nearestKind(map)
                        : "the definition is a " + String.join(" and a ", named)
                                + " at once. Write one document for each, separated by '---'.");
        return Optional.empty();
    }

    private static Optional<DefinitionRule> segment(YamlMap map, PartReader parts) {
        Optional<Expression> when = map.requiredScalar("when").flatMap(parts::condition);
        Optional<Expression> until = parts.condition(map, "until");
        Optional<Span> holdFor = parts.duration(map, "for");
        Optional<Span> cooldown = parts.duration(map, "cooldown");
        return when.map(enters ->
                new DefinitionRule.Segment(enters, until.orElse(null), holdFor.orElse(null), cooldown.orElse(null)));
    }

    private Optional<DefinitionRule> group(YamlMap map, String group, PartReader parts) {
        Map<String, Expression> choices = new LinkedHashMap<>();
        Optional<YamlMap> first = map.nested("first");
        if (map.value("first") == null
                || first.filter(each -> each.keys().isEmpty()).isPresent()) {
            file.problem(
                    map.value("first") == null ? document : map.value("first"),
                    "a group needs choices. Write them below 'first:', such as 'heavy-user: order_completed.count() > 9'.");
        }
        first.ifPresent(each -> each.keys().forEach(choice -> {
            claim(choice, each.keyNode(choice));
            each.scalar(choice).flatMap(parts::condition).ifPresent(expression -> choices.put(choice, expression));
        }));
        names.group(group, first.map(each -> List.copyOf(each.keys())).orElse(List.of()));
        return choices.isEmpty() ? Optional.empty() : Optional.of(new DefinitionRule.Group(choices));
    }

    private Optional<DefinitionRule> trait(YamlMap map, PartReader parts) {
        Optional<Expression> when = parts.condition(map, "when");
        Optional<ScalarNode> node = map.requiredScalar("value");
        Optional<Expression> value = node.flatMap(parts::expression);
        if (value.isPresent() && value.get().type().holdsRecord()) {
            file.problem(node.get(), "a whole record cannot be a value. Select one of its fields.");
        }
        if (value.isPresent() && value.get().type() == Scalar.MIXED) {
            file.problem(
                    node.get(),
                    "'" + value.get().text() + "' may be a text, a number, or true or false, and a trait has one type."
                            + " Convert it, such as string(" + value.get().text() + ").");
        }
        return value.map(expression -> new DefinitionRule.Trait(when.orElse(null), expression));
    }

    private String name(String kind, ScalarNode node) {
        claim(node.getValue(), node);
        switch (kind) {
            case "segment", "trait" -> names.segment(node.getValue(), node.getValue());
            case "channel" -> names.channel(node.getValue());
            case "trigger" -> names.trigger(node.getValue());
            default -> {}
        }
        return node.getValue();
    }

    /** Claims a name for this definition; adds a problem if the name is invalid or already taken. */
    private void claim(String name, Node node) {
        if (!Definition.isName(name)) {
            file.problem(
                    node,
                    name.isEmpty()
                            ? "the name is empty."
                            : "'" + name + "' is not a name. Use a lowercase letter, then up to 63 lowercase letters,"
                                    + " digits and hyphens.");
            return;
        }
        int line = file.text().problem(node, "").line();
        names.claim(name, file.text().file() + ":" + line)
                .ifPresent(other -> file.problem(node, "'" + name + "' is already defined at " + other + "."));
    }

    private boolean updateCarry(YamlMap map) {
        Optional<ScalarNode> update = map.scalar("update");
        if (update.isPresent() && !update.get().getValue().equals("carry")) {
            file.problem(update.get(), "'" + update.get().getValue() + "' is unknown. The only value is 'carry'.");
        }
        if (update.isPresent() && map.entries("carry").isEmpty()) {
            file.problem(update.get(), "there is no carry to update. Add carry, or leave this out.");
        }
        return update.isPresent();
    }

    private boolean sinceNow(YamlMap map) {
        Optional<ScalarNode> since = map.scalar("since");
        if (since.isPresent() && !since.get().getValue().equals("now")) {
            file.problem(
                    since.get(),
                    "'" + since.get().getValue() + "' is unknown. The only value is 'now': the definition then begins"
                            + " with what is already kept, and does not read past events. To fill it from the past,"
                            + " leave 'since' out.");
        }
        return since.isPresent();
    }

    /** Returns the document's own text, without others of the file. */
    private String text() {
        String whole = file.text().text();
        int start = whole.offsetByCodePoints(0, document.getStartMark().getIndex());
        int end = whole.offsetByCodePoints(0, document.getEndMark().getIndex());
        return whole.substring(start, end).strip();
    }
}
