// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.StructType;
import dev.segue.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The profile that a history leaves. Every statement is kept as it was made; a value is the answer to the question which
 * of them is read.
 */
final class KnownProfile {
    /**
     * A statement of one origin about a field, or about one of its parts.
     *
     * @param part the key of a map or the field of a record; empty for the field as a whole
     * @param value null if the field was cleared
     */
    private record Statement(
            String origin,
            long at,
            String field,
            String part,
            @Nullable Object value) {
        boolean isAbout(String aField, String aPart) {
            // A field that is cleared as a whole loses all its parts.
            return field.equals(aField) && (part.equals(aPart) || (part.isEmpty() && value == null));
        }
    }

    private final Shapes shapes;
    private final List<Statement> statements = new ArrayList<>();

    private KnownProfile(Shapes shapes) {
        this.shapes = shapes;
    }

    /** @param history in order of (time, arrival) */
    static Element of(List<Event> history, Shapes shapes) {
        KnownProfile profile = new KnownProfile(shapes);
        history.forEach(profile::add);
        return profile.element();
    }

    private void add(Event event) {
        String origin = (String) event.fields().get("origin");
        if (event.type().name().equals("customer_erased")) {
            // Those of the same instant that arrive later are erased as well, so this is asked again at the end.
            statements.add(new Statement(origin, event.time(), "", "", "erased"));
        } else if (event.type().name().equals("profile_updated")) {
            if (event.fields().get("cleared") instanceof List<?> names) {
                names.forEach(name -> state(origin, event.time(), (String) name, "", null));
            }
            shapes.set(event.fields()).forEach((field, value) -> {
                if (value instanceof Element record) {
                    parts(origin, event.time(), field, record.set());
                } else if (value instanceof Map<?, ?> map) {
                    parts(origin, event.time(), field, map);
                } else {
                    state(origin, event.time(), field, "", value.equals("") ? null : value);
                }
            });
        }
    }

    private void parts(String origin, long at, String field, Map<?, ?> parts) {
        state(origin, at, field, "", "stated");
        parts.forEach((part, value) -> state(origin, at, field, (String) part, value.equals("") ? null : value));
    }

    private void state(String origin, long at, String field, String part, @Nullable Object value) {
        if (shapes.profile().findField(field).isPresent()) {
            statements.add(new Statement(origin, at, field, part, value));
        }
    }

    private Element element() {
        List<Statement> erasures = statements.stream()
                .filter(statement -> statement.field().isEmpty())
                .toList();
        statements.removeIf(statement -> erasures.stream()
                .anyMatch(erasure -> erasure.origin().equals(statement.origin()) && erasure.at() >= statement.at()));
        Map<String, Object> known = new TreeMap<>();
        for (String field :
                new TreeSet<>(statements.stream().map(Statement::field).toList())) {
            read(field, "").ifPresent(value -> known.put(field, value(field, value)));
        }
        return new Element(shapes.profile(), known);
    }

    private Object value(String field, Object whole) {
        Map<String, Object> parts = new TreeMap<>();
        statements.stream()
                .filter(statement ->
                        statement.field().equals(field) && !statement.part().isEmpty())
                .map(Statement::part)
                .distinct()
                .forEach(part -> read(field, part).ifPresent(value -> parts.put(part, value)));
        CelType type = shapes.profile().findField(field).orElseThrow().type();
        if (type instanceof StructType record) {
            return new Element(record, parts);
        }
        return type.kind() == CelKind.MAP ? parts : whole;
    }

    /** The last word of the first origin that has one, unless an origin before it cleared it then or later. */
    private Optional<Object> read(String field, String part) {
        for (String origin : shapes.origins()) {
            List<Statement> own = statements.stream()
                    .filter(statement -> statement.origin().equals(origin) && statement.isAbout(field, part))
                    .toList();
            Statement last = own.isEmpty() ? null : own.get(own.size() - 1);
            if (last != null && last.value() != null && !isClearedBefore(origin, last)) {
                return Optional.of(last.value());
            }
        }
        return Optional.empty();
    }

    private boolean isClearedBefore(String origin, Statement stated) {
        List<String> before = shapes.origins().subList(0, shapes.origins().indexOf(origin));
        return statements.stream()
                .anyMatch(other -> before.contains(other.origin())
                        && other.value() == null
                        && other.isAbout(stated.field(), stated.part())
                        && other.at() >= stated.at());
    }
}
