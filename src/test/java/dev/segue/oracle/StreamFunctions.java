package dev.segue.oracle;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.parser.CelMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The language's functions on whole lists, each as LANGUAGE.md says it and no cleverer. What depends on time gets the
 * instant, and what needs a zero gets its type's, as hidden arguments that macros add.
 */
final class StreamFunctions {
    /** The hidden variable that holds the instant at which the question is asked. */
    static final String NOW = "@now";

    /** The hidden variable that holds, by the number of the call, what a call on nothing gives. */
    static final String ZEROS = "@zeros";

    private static final CelType ELEMENT = TypeParamType.create("T");
    private static final CelType STREAM = ListType.create(ELEMENT);
    private static final CelType OTHER = ListType.create(TypeParamType.create("K"));
    private static final CelType DOUBLES = ListType.create(SimpleType.DOUBLE);
    private static final CelType INTEGERS = ListType.create(SimpleType.INT);

    private StreamFunctions() {}

    /** Calls that get {@link #NOW} as their last argument. */
    static final List<String> TIMED = List.of("within", "before");

    /** Calls that get {@link #ZEROS} and their own number as their last arguments. */
    static final List<String> WITH_ZERO = List.of("latest");

    static List<CelMacro> macros() {
        List<CelMacro> macros = new ArrayList<>();
        TIMED.forEach(name -> macros.add(CelMacro.newReceiverMacro(
                name,
                1,
                (factory, target, arguments) -> java.util.Optional.of(
                        factory.newReceiverCall(name, target, arguments.get(0), factory.newIdentifier(NOW))))));
        WITH_ZERO.forEach(name -> macros.add(CelMacro.newReceiverMacro(
                name,
                0,
                (factory, target, arguments) -> java.util.Optional.of(factory.newReceiverCall(
                        name, target, factory.newIdentifier(ZEROS), factory.newIntLiteral(target.id()))))));
        return macros;
    }

    static List<CelFunctionDecl> declarations() {
        CelType string = SimpleType.STRING;
        CelType now = SimpleType.TIMESTAMP;
        CelType zeros = SimpleType.DYN;
        return List.of(
                newFunctionDeclaration("within", newMemberOverload("within", STREAM, STREAM, string, now)),
                newFunctionDeclaration("before", newMemberOverload("before", STREAM, STREAM, string, now)),
                newFunctionDeclaration("after", newMemberOverload("after", STREAM, STREAM, OTHER)),
                newFunctionDeclaration("count", newMemberOverload("count", SimpleType.INT, STREAM)),
                newFunctionDeclaration("latest", newMemberOverload("latest", ELEMENT, STREAM, zeros, SimpleType.INT)),
                newFunctionDeclaration("distinct", newMemberOverload("distinct", STREAM, STREAM)),
                newFunctionDeclaration(
                        "sum",
                        newMemberOverload("sum_double", SimpleType.DOUBLE, DOUBLES),
                        newMemberOverload("sum_int", SimpleType.INT, INTEGERS)));
    }

    static List<CelFunctionBinding> bindings() {
        List<CelFunctionBinding> all = new ArrayList<>();
        bind(all, "within", binding("within", a -> newerThan(list(a[0]), minus(a[2], a[1]))));
        bind(all, "before", binding("before", a -> atOrBefore(list(a[0]), minus(a[2], a[1]))));
        bind(all, "after", binding("after", a -> after(list(a[0]), list(a[1]))));
        bind(all, "count", binding("count", a -> (long) list(a[0]).size()));
        bind(all, "latest", binding("latest", a -> latest(list(a[0]), ((Map<?, ?>) a[1]).get(a[2]))));
        bind(all, "distinct", binding("distinct", a -> distinct(list(a[0]))));
        bind(all, "sum", binding("sum_double", a -> sum(list(a[0]))), binding("sum_int", a -> sumOfInts(list(a[0]))));
        return all;
    }

    /** A function of its arguments. */
    interface Body {
        Object of(Object[] arguments) throws CelEvaluationException;
    }

    private static void bind(List<CelFunctionBinding> all, String function, CelFunctionBinding... overloads) {
        all.addAll(CelFunctionBinding.fromOverloads(function, overloads));
    }

    @SuppressWarnings("Immutable") // No body has a state.
    private static CelFunctionBinding binding(String overload, Body body) {
        List<Class<?>> classes = declarations().stream()
                .flatMap(function -> function.overloads().stream())
                .filter(declared -> declared.overloadId().equals(overload))
                .findFirst()
                .orElseThrow()
                .parameterTypes()
                .stream()
                .<Class<?>>map(StreamFunctions::classOf)
                .toList();
        return CelFunctionBinding.from(overload, classes, body::of);
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

    private static List<?> list(Object value) {
        return (List<?>) value;
    }

    private static long time(Object element) {
        return ((Element) element).time();
    }

    private static long minus(Object now, Object duration) {
        return ((Instant) now).toEpochMilli() - Instants.millis((String) duration);
    }

    private static List<?> newerThan(List<?> stream, long time) {
        return stream.stream().filter(element -> time(element) > time).toList();
    }

    private static List<?> atOrBefore(List<?> stream, long time) {
        return stream.stream().filter(element -> time(element) <= time).toList();
    }

    private static List<?> after(List<?> stream, List<?> other) {
        return other.isEmpty() ? stream : newerThan(stream, time(other.get(other.size() - 1)));
    }

    private static Object latest(List<?> values, Object zero) {
        return values.isEmpty() ? zero : values.get(values.size() - 1);
    }

    /** Each value once, in the order of its latest occurrence. */
    private static List<Object> distinct(List<?> values) {
        List<Object> distinct = new ArrayList<>();
        for (Object value : values) {
            distinct.removeIf(known -> same(known, value));
            distinct.add(value);
        }
        return distinct;
    }

    private static boolean same(Object left, Object right) {
        return (left instanceof Double a && right instanceof Double b)
                ? a.doubleValue() == b.doubleValue()
                : left.equals(right);
    }

    /** Each number rounded half-even to six decimals, then added exactly. */
    private static double sum(List<?> values) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Object value : values) {
            sum = sum.add(new BigDecimal((Double) value).setScale(6, RoundingMode.HALF_EVEN));
        }
        return sum.doubleValue();
    }

    private static long sumOfInts(List<?> values) {
        long sum = 0;
        for (Object value : values) {
            sum = Math.addExact(sum, (Long) value);
        }
        return sum;
    }
}
