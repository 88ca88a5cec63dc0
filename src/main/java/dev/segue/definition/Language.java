package dev.segue.definition;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.segue.event.RecordType;
import dev.segue.event.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** CEL with Segue's streams and functions: what an expression may say, before its shape is looked at. */
final class Language {
    /** Functions that the language describes and this version does not evaluate yet. */
    static final List<String> NOT_YET = List.of(
            "last",
            "groupBy",
            "all",
            "share",
            "first",
            "avg",
            "min",
            "max",
            "median",
            "most",
            "overdue",
            "upcoming",
            "yearly",
            "percentile",
            "in_segment");

    private static final List<CelFunctionDecl> FUNCTIONS = functions();

    private final Streams streams;
    private final CelTypes types = new CelTypes();
    private final Map<String, CelType> variables = new java.util.TreeMap<>();

    Language(Vocabulary vocabulary) {
        this.streams = new Streams(vocabulary);
        streams.elements()
                .forEach((name, element) -> variables.put(name, ListType.create(types.declare(element, name))));
    }

    Streams streams() {
        return streams;
    }

    /** A compiler for the expressions of one definition, with the types it knows. */
    Dialect dialect(RecordType params) {
        CelTypes own = types.copy();
        CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(CelOptions.current().populateMacroCalls(true).build())
                .setStandardMacros(
                        CelStandardMacro.HAS,
                        CelStandardMacro.ALL,
                        CelStandardMacro.EXISTS,
                        CelStandardMacro.FILTER,
                        CelStandardMacro.MAP)
                .addFunctionDeclarations(FUNCTIONS)
                .addVarDeclarations(variables.entrySet().stream()
                        .map(entry -> dev.cel.common.CelVarDecl.newVarDeclaration(entry.getKey(), entry.getValue()))
                        .toList())
                .addVar("params", own.declare(params, ""))
                .setTypeProvider(own.provider())
                .build();
        return new Dialect(compiler, own, this);
    }

    /** Every name that may stand at the start of an expression. */
    Set<String> variableNames() {
        TreeSet<String> names = new TreeSet<>(variables.keySet());
        names.add("params");
        return names;
    }

    /** Every function and macro, for suggestions. */
    static Set<String> functionNames() {
        TreeSet<String> names = new TreeSet<>(NOT_YET);
        FUNCTIONS.forEach(function -> names.add(function.name()));
        names.addAll(
                List.of("filter", "map", "exists", "has", "size", "contains", "startsWith", "endsWith", "matches"));
        return names;
    }

    /** A compiler and its types. */
    record Dialect(CelCompiler compiler, CelTypes types, Language language) {}

    private static List<CelFunctionDecl> functions() {
        TypeParamType element = TypeParamType.create("T");
        ListType stream = ListType.create(element);
        ListType other = ListType.create(TypeParamType.create("K"));
        ListType doubles = ListType.create(SimpleType.DOUBLE);
        ListType integers = ListType.create(SimpleType.INT);
        return List.of(
                newFunctionDeclaration("within", newMemberOverload("list_within", stream, stream, SimpleType.STRING)),
                newFunctionDeclaration("before", newMemberOverload("list_before", stream, stream, SimpleType.STRING)),
                newFunctionDeclaration("after", newMemberOverload("list_after", stream, stream, other)),
                newFunctionDeclaration("count", newMemberOverload("list_count", SimpleType.INT, stream)),
                newFunctionDeclaration("latest", newMemberOverload("list_latest", element, stream)),
                newFunctionDeclaration("distinct", newMemberOverload("list_distinct", stream, stream)),
                newFunctionDeclaration(
                        "sum",
                        newMemberOverload("list_sum_double", SimpleType.DOUBLE, doubles),
                        newMemberOverload("list_sum_int", SimpleType.INT, integers)),
                newFunctionDeclaration(
                        "in_segment", newGlobalOverload("in_segment_string", SimpleType.BOOL, SimpleType.STRING)));
    }
}
