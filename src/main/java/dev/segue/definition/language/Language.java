// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.segue.definition.reduction.Reduction;
import dev.segue.definition.reduction.Reductions;
import dev.segue.definition.reduction.Signature;
import dev.segue.event.FieldType;
import dev.segue.event.ProductFacts;
import dev.segue.event.RecordType;
import dev.segue.event.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** CEL with Segue's streams and functions. It checks syntax and types; {@link Lowering} then checks the shape. */
public final class Language {
    private static final List<CelFunctionDecl> FUNCTIONS = functions();

    private final Vocabulary vocabulary;
    private final Streams streams;

    /** The dialect of definitions without params, cached because creating a compiler takes longer than compiling. */
    private @Nullable Dialect plain;

    private final CelTypes types = new CelTypes();
    private final Map<String, CelType> variables = new java.util.TreeMap<>();

    public Language(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.streams = new Streams(vocabulary);
        Reductions.ALL.stream()
                .flatMap(reduction -> reduction.signatures().stream())
                .filter(signature -> signature.result() instanceof FieldType.Nested)
                .forEach(signature -> types.declare(((FieldType.Nested) signature.result()).record(), ""));
        types.declare(ProductFacts.TYPE, "");
        streams.elements()
                .forEach((name, element) -> variables.put(name, ListType.create(types.declare(element, name))));
        streams.byKey().forEach((name, element) -> variables.put(name, ListType.create(types.declare(element, name))));
    }

    /** Returns the event types that expressions can read. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    Streams streams() {
        return streams;
    }

    /** Returns a compiler for the expressions of one definition, with its types. */
    public Dialect dialect(RecordType params) {
        if (!params.fields().isEmpty()) {
            return compose(params);
        }
        if (plain == null) {
            plain = compose(params);
        }
        return plain;
    }

    private Dialect compose(RecordType params) {
        CelTypes own = types.copy();
        CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(CelOptions.current().populateMacroCalls(true).build())
                .setStandardMacros(
                        CelStandardMacro.HAS,
                        CelStandardMacro.ALL,
                        CelStandardMacro.EXISTS,
                        CelStandardMacro.FILTER,
                        CelStandardMacro.MAP)
                .addMacros(Macros.SHARE, Macros.GROUP_BY)
                .addFunctionDeclarations(FUNCTIONS)
                .addVarDeclarations(variables.entrySet().stream()
                        .map(entry -> dev.cel.common.CelVarDecl.newVarDeclaration(entry.getKey(), entry.getValue()))
                        .toList())
                .addVar("params", own.declare(params, ""))
                .addVar("profile", own.declare(streams.profile(), "profile"))
                .addVar(Streams.CUSTOMER, own.declare(Streams.customer(), Streams.CUSTOMER))
                .setTypeProvider(own.provider())
                .build();
        return new Dialect(compiler, own, this);
    }

    /** Returns every name that may begin an expression. */
    Set<String> variableNames() {
        TreeSet<String> names = new TreeSet<>(variables.keySet());
        names.add("params");
        names.add("profile");
        names.add(Streams.CUSTOMER);
        return names;
    }

    /** Returns the names of all functions and macros, for suggestions. */
    static Set<String> functionNames() {
        TreeSet<String> names = new TreeSet<>();
        FUNCTIONS.forEach(function -> names.add(function.name()));
        names.addAll(List.of(
                "filter",
                "map",
                "exists",
                "all",
                "share",
                "groupBy",
                "has",
                "size",
                "contains",
                "startsWith",
                "endsWith",
                "matches"));
        return names;
    }

    /** A compiler and its types. */
    record Dialect(CelCompiler compiler, CelTypes types, Language language) {}

    private static List<CelFunctionDecl> functions() {
        TypeParamType element = TypeParamType.create("T");
        ListType stream = ListType.create(element);
        TypeParamType key = TypeParamType.create("K");
        ListType others = ListType.create(key);
        List<CelFunctionDecl> functions = new ArrayList<>(List.of(
                newFunctionDeclaration("within", newMemberOverload("list_within", stream, stream, SimpleType.STRING)),
                newFunctionDeclaration("before", newMemberOverload("list_before", stream, stream, SimpleType.STRING)),
                newFunctionDeclaration("after", newMemberOverload("list_after", stream, stream, others)),
                newFunctionDeclaration(
                        "follows", newMemberOverload("list_follows", stream, stream, others, SimpleType.STRING)),
                newFunctionDeclaration(
                        "unanswered", newMemberOverload("list_unanswered", stream, stream, others, SimpleType.STRING)),
                newFunctionDeclaration("last", newMemberOverload("list_last", stream, stream, SimpleType.INT)),
                newFunctionDeclaration(
                        Macros.SHARE_OF,
                        newGlobalOverload("share_list", SimpleType.DOUBLE, ListType.create(SimpleType.BOOL))),
                newFunctionDeclaration(
                        Macros.GROUPS, newGlobalOverload("groups_list", ListType.create(stream), stream, others)),
                newFunctionDeclaration(
                        Percentiles.FUNCTION,
                        Stream.of(SimpleType.INT, SimpleType.DOUBLE, SimpleType.TIMESTAMP, SimpleType.DURATION)
                                .map(type -> newMemberOverload("percentile_" + type.name(), SimpleType.DOUBLE, type))
                                .toList()),
                newFunctionDeclaration(
                        Expression.Product.FUNCTION,
                        newGlobalOverload(
                                "product_facts", new CelTypes().declare(ProductFacts.TYPE, ""), SimpleType.STRING),
                        newGlobalOverload(
                                "variant_facts",
                                new CelTypes().declare(ProductFacts.TYPE, ""),
                                SimpleType.STRING,
                                SimpleType.STRING)),
                newFunctionDeclaration(
                        Expression.Launched.FUNCTION,
                        newGlobalOverload(
                                "launched_category",
                                ListType.create(SimpleType.STRING),
                                SimpleType.STRING,
                                SimpleType.STRING)),
                newFunctionDeclaration("lower", newGlobalOverload("lower_text", SimpleType.STRING, SimpleType.STRING)),
                newFunctionDeclaration("trim", newGlobalOverload("trim_text", SimpleType.STRING, SimpleType.STRING)),
                newFunctionDeclaration(
                        "upcoming",
                        newGlobalOverload("upcoming_date", SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING)),
                newFunctionDeclaration(
                        "yearly",
                        newGlobalOverload("yearly_date", SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING)),
                newFunctionDeclaration(
                        "in_segment", newGlobalOverload("in_segment_string", SimpleType.BOOL, SimpleType.STRING))));
        for (Reduction reduction : Reductions.ALL) {
            if (!reduction.signatures().isEmpty()) {
                functions.add(declaration(reduction));
            }
        }
        return List.copyOf(functions);
    }

    private static CelFunctionDecl declaration(Reduction reduction) {
        CelTypes types = new CelTypes();
        List<CelOverloadDecl> overloads = new ArrayList<>();
        for (Signature signature : reduction.signatures()) {
            CelType element =
                    signature.values() == null ? TypeParamType.create("T") : types.toCel(signature.values(), "");
            CelType result = signature.result() == null ? element : cel(types, signature.result());
            List<CelType> arguments = new ArrayList<>(List.of(ListType.create(element)));
            if (reduction.argument() != null) {
                arguments.add(types.toCel(reduction.argument(), ""));
            }
            overloads.add(newMemberOverload(
                    "list_" + reduction.name() + (signature.values() == null ? "" : "_" + element.name()),
                    signature.list() ? ListType.create(result) : result,
                    arguments));
        }
        return newFunctionDeclaration(reduction.name(), overloads.toArray(new CelOverloadDecl[0]));
    }

    private static CelType cel(CelTypes types, FieldType type) {
        return type instanceof FieldType.Nested nested ? types.declare(nested.record(), "") : types.toCel(type, "");
    }
}
