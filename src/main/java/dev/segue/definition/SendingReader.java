// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Span;
import dev.segue.definition.trigger.Cap;
import dev.segue.definition.trigger.QuietHours;
import dev.segue.definition.trigger.Sending;
import dev.segue.yaml.YamlFile;
import dev.segue.yaml.YamlMap;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads what a channel and its triggers alike say of sending: consent, quiet hours and caps. */
final class SendingReader {
    private static final int MOST = 1000;
    private static final int MOST_CAPS = 8;
    private static final Duration LONGEST = Duration.ofDays(366);

    private final YamlMap definition;
    private final PartReader parts;
    private final YamlFile file;

    SendingReader(YamlMap definition, PartReader parts) {
        this.definition = definition;
        this.parts = parts;
        this.file = parts.file();
    }

    Sending read() {
        Optional<Expression> consent = parts.condition(definition, "consent");
        return new Sending(consent.orElse(null), quiet().orElse(null), caps());
    }

    private Optional<QuietHours> quiet() {
        Optional<YamlMap> map = definition.nested("quiet");
        if (map.isEmpty()) {
            return Optional.empty();
        }
        map.get().rejectUnknown(Set.of("from", "to"));
        Optional<LocalTime> from = map.get().requiredScalar("from").flatMap(this::time);
        Optional<LocalTime> to = map.get().requiredScalar("to").flatMap(this::time);
        if (from.isPresent() && from.equals(to)) {
            file.problem(
                    map.get().keyNode("to"),
                    "'to' is equal to 'from', so all hours would be quiet, or none. Write when they end.");
            return Optional.empty();
        }
        return from.flatMap(begin -> to.map(end -> new QuietHours(begin, end)));
    }

    private Optional<LocalTime> time(ScalarNode node) {
        String text = node.getValue();
        if (text.matches("([01][0-9]|2[0-3]):[0-5][0-9]")) {
            return Optional.of(LocalTime.parse(text));
        }
        file.problem(
                node,
                "'" + text + "' is not a time of day. Write hours and minutes, from 00:00 to 23:59, such as '21:00'.");
        return Optional.empty();
    }

    /** One cap, or a list of them. */
    private List<Cap> caps() {
        Node value = definition.value("cap");
        List<Node> nodes = value == null || value instanceof SequenceNode ? definition.list("cap") : List.of(value);
        if (value instanceof SequenceNode && (nodes.isEmpty() || nodes.size() > MOST_CAPS)) {
            file.problem(value, "write 1 to " + MOST_CAPS + " caps, such as {at_most: 1, per: 3d}.");
        }
        List<Cap> caps = new ArrayList<>();
        for (Node node : nodes) {
            YamlMap.of(file, node, "a cap has two keys, such as {at_most: 1, per: 3d}.")
                    .flatMap(this::cap)
                    .ifPresent(caps::add);
        }
        return caps;
    }

    private Optional<Cap> cap(YamlMap map) {
        map.rejectUnknown(Set.of("at_most", "per"));
        Optional<Integer> most = map.requiredScalar("at_most").flatMap(this::most);
        Optional<Cap.Per> per = map.requiredScalar("per").flatMap(this::per);
        return most.flatMap(number -> per.map(time -> new Cap(number, time)));
    }

    private Optional<Integer> most(ScalarNode node) {
        String text = node.getValue();
        if (text.matches("[1-9][0-9]{0,3}") && Integer.parseInt(text) <= MOST) {
            return Optional.of(Integer.parseInt(text));
        }
        file.problem(node, "'" + text + "' is not a number from 1 to " + MOST + ".");
        return Optional.empty();
    }

    private Optional<Cap.Per> per(ScalarNode node) {
        String text = node.getValue();
        for (Cap.Calendar calendar : Cap.Calendar.values()) {
            if (calendar.text().equals(text)) {
                return Optional.of(calendar);
            }
        }
        Optional<Span> span = Span.parse(text);
        if (span.isEmpty()) {
            file.problem(
                    node,
                    Span.complaint(text) + " Or write "
                            + String.join(
                                    ", ",
                                    Arrays.stream(Cap.Calendar.values())
                                            .map(Cap.Calendar::text)
                                            .toList())
                            + " for the current one by the customer's calendar.");
        } else if (span.get().millis() > LONGEST.toMillis()) {
            file.problem(node, "'" + text + "' is longer than is remembered what was sent, " + LONGEST.toDays() + "d.");
            return Optional.empty();
        }
        return span.map(Cap.Rolling::new);
    }
}
