// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationExceptionBuilder;
import dev.cel.runtime.CelFunctionBinding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The language's functions for CEL: their types, and the plain implementations of {@link Plainly}. */
final class StreamFunctions {
    private static final CelType BOOL = SimpleType.BOOL;
    private static final CelType INT = SimpleType.INT;
    private static final CelType DOUBLE = SimpleType.DOUBLE;
    private static final CelType STRING = SimpleType.STRING;
    private static final CelType TIME = SimpleType.TIMESTAMP;
    private static final CelType ELEMENT = TypeParamType.create("T");
    private static final ListType STREAM = ListType.create(ELEMENT);
    private static final ListType OTHER = ListType.create(TypeParamType.create("K"));
    private static final ListType DOUBLES = ListType.create(DOUBLE);
    private static final ListType INTEGERS = ListType.create(INT);

    private final Map<String, List<CelOverloadDecl>> declared = new LinkedHashMap<>();
    private final Map<String, List<CelFunctionBinding>> bound = new LinkedHashMap<>();

    /** @param due receives every instant at which an {@code overdue} that was evaluated becomes true */
    StreamFunctions(Shapes shapes, LongConsumer due) {
        streams();
        numbers();
        Shapes.TALLIES.forEach((name, value) -> member(
                "most",
                shapes.struct(name),
                a -> new Element(shapes.struct(name), Plainly.most((List<?>) a[0])),
                ListType.create(
                        shapes.struct(name).findField("value").orElseThrow().type()),
                SimpleType.DYN,
                INT));
        member(
                "overdue",
                BOOL,
                a -> Plainly.overdue((List<?>) a[0], (Double) a[1], (Instant) a[2], due),
                STREAM,
                DOUBLE,
                TIME);
        global(MixedValues.LIKE, BOOL, MixedValues::like, SimpleType.DYN, STRING, SimpleType.DYN);
        global(Compared.RANKED, BOOL, Compared::ranked, SimpleType.DYN, INT);
        global(Compared.PERCENTILE, DOUBLE, Compared::percentile, SimpleType.DYN, INT);
        global(
                OracleFacts.FUNCTION,
                shapes.struct(OracleFacts.TYPE),
                a -> ((OracleFacts.Known) a[0]).of((String) a[1], (String) a[2], shapes.struct(OracleFacts.TYPE)),
                SimpleType.DYN,
                STRING,
                STRING);
        global(
                OracleFacts.LAUNCHED,
                ListType.create(STRING),
                a -> ((OracleFacts.Known) a[0]).launched((String) a[1], (String) a[2], due),
                SimpleType.DYN,
                STRING,
                STRING);
        global("lower", STRING, a -> ((String) a[0]).toLowerCase(Locale.ROOT), STRING);
        global(
                "trim",
                STRING,
                a -> ((String) a[0]).replaceAll("^\\p{IsWhite_Space}+|\\p{IsWhite_Space}+$", ""),
                STRING);
        global("upcoming", BOOL, a -> Plainly.upcoming(a), STRING, STRING, TIME, STRING);
        global("yearly", BOOL, a -> Plainly.yearly(a), STRING, STRING, TIME, STRING);
        global("in_segment", BOOL, a -> ((List<?>) a[1]).contains(a[0]), STRING, ListType.create(STRING));
    }

    private void streams() {
        member("within", STREAM, a -> Plainly.within((List<?>) a[0], a[1], a[2]), STREAM, STRING, TIME);
        member("before", STREAM, a -> Plainly.before((List<?>) a[0], a[1], a[2]), STREAM, STRING, TIME);
        member("after", STREAM, a -> Plainly.after((List<?>) a[0], (List<?>) a[1]), STREAM, OTHER);
        member("follows", STREAM, a -> Plainly.follows((List<?>) a[0], (List<?>) a[1], a[2]), STREAM, OTHER, STRING);
        member(
                "unanswered",
                STREAM,
                a -> Plainly.unanswered((List<?>) a[0], (List<?>) a[1], a[2], a[3]),
                STREAM,
                OTHER,
                STRING,
                TIME);
        member("last", STREAM, a -> Plainly.last((List<?>) a[0], (Long) a[1]), STREAM, INT);
        member("count", INT, a -> (long) ((List<?>) a[0]).size(), STREAM);
        member("latest", ELEMENT, a -> Plainly.latest((List<?>) a[0], a[1], a[2]), STREAM, SimpleType.DYN, INT);
        member("first", ELEMENT, a -> Plainly.first((List<?>) a[0], a[1], a[2]), STREAM, SimpleType.DYN, INT);
        member("distinct", STREAM, a -> Plainly.distinct((List<?>) a[0]), STREAM);
        global(Hidden.SHARE, DOUBLE, a -> Plainly.share((List<?>) a[0]), ListType.create(BOOL));
        global(
                Hidden.GROUPS,
                ListType.create(STREAM),
                a -> Plainly.groups((List<?>) a[0], (List<?>) a[1]),
                STREAM,
                OTHER);
    }

    private void numbers() {
        member("sum", DOUBLE, a -> Plainly.sum((List<?>) a[0]), DOUBLES);
        member("sum", INT, a -> Plainly.sumOfInts((List<?>) a[0]), INTEGERS);
        for (ListType list : List.of(DOUBLES, INTEGERS)) {
            Object zero = list == DOUBLES ? (Object) 0.0 : (Object) 0L;
            member("avg", DOUBLE, a -> Plainly.average((List<?>) a[0]), list);
            member("median", DOUBLE, a -> Plainly.median((List<?>) a[0]), list);
            member("min", list.elemType(), a -> Plainly.least((List<?>) a[0], zero), list);
            member("max", list.elemType(), a -> Plainly.greatest((List<?>) a[0], zero), list);
        }
    }

    List<CelFunctionDecl> declarations() {
        List<CelFunctionDecl> declarations = new ArrayList<>();
        declared.forEach((name, overloads) ->
                declarations.add(newFunctionDeclaration(name, overloads.toArray(new CelOverloadDecl[0]))));
        return declarations;
    }

    List<CelFunctionBinding> bindings() {
        List<CelFunctionBinding> bindings = new ArrayList<>();
        bound.forEach((name, overloads) -> bindings.addAll(CelFunctionBinding.fromOverloads(name, overloads)));
        return bindings;
    }

    /** A function of its arguments. */
    interface Body {
        Object of(Object[] arguments) throws CelEvaluationException;
    }

    private void member(String name, CelType result, Body body, CelType... parameters) {
        String overload = overload(name);
        declare(name, newMemberOverload(overload, result, parameters));
        bind(name, overload, body, parameters);
    }

    private void global(String name, CelType result, Body body, CelType... parameters) {
        String overload = overload(name);
        declare(name, newGlobalOverload(overload, result, parameters));
        bind(name, overload, body, parameters);
    }

    private String overload(String name) {
        return "oracle_" + name + "_" + declared.getOrDefault(name, List.of()).size();
    }

    private void declare(String name, CelOverloadDecl overload) {
        declared.computeIfAbsent(name, absent -> new ArrayList<>()).add(overload);
    }

    @SuppressWarnings("Immutable") // What a body tells of due instants is read between questions only.
    private void bind(String name, String overload, Body body, CelType... parameters) {
        List<Class<?>> classes = new ArrayList<>();
        for (CelType parameter : parameters) {
            classes.add(classOf(parameter));
        }
        bound.computeIfAbsent(name, absent -> new ArrayList<>())
                .add(CelFunctionBinding.from(overload, classes, arguments -> {
                    requireValues(arguments);
                    return body.of(arguments);
                }));
    }

    /** After {@code ||} and {@code &&}, CEL's own map may leave errors among the values. */
    private static void requireValues(Object[] arguments) throws CelEvaluationException {
        for (Object argument : arguments) {
            if (hasFailed(argument)) {
                throw CelEvaluationExceptionBuilder.newBuilder("an element has no value")
                        .build();
            }
        }
    }

    /** Returns whether a value, or an element of it, is an error. */
    static boolean hasFailed(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().anyMatch(StreamFunctions::hasFailed)
                : value != null && value.getClass().getSimpleName().endsWith("ErrorValue");
    }

    private static Class<?> classOf(CelType type) {
        return switch (type.kind()) {
            case LIST -> List.class;
            case STRING -> String.class;
            case INT -> Long.class;
            case DOUBLE -> Double.class;
            case TIMESTAMP -> Instant.class;
            default -> Object.class;
        };
    }
}
