// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery.payload;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.segue.event.Nearest;
import dev.segue.event.TriggerDecision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compiles expressions over one decision with CEL, its string extension, optional entries of maps ({@code ?'key'}) and
 * {@code sha256(text)}, the hash in hexadecimal digits. Safe for several threads.
 */
final class DecisionCel {
    private static final CelOptions SYNTAX =
            CelOptions.current().enableOptionalSyntax(true).build();
    private static final ImmutableMap<String, CelType> FIELDS = ImmutableMap.<String, CelType>builder()
            .put("decision_id", SimpleType.STRING)
            .put("activation_id", SimpleType.STRING)
            .put("customer_id", SimpleType.STRING)
            .put("trigger", SimpleType.STRING)
            .put("trigger_version", SimpleType.STRING)
            .put("channel", SimpleType.STRING)
            .put("segment", SimpleType.STRING)
            .put("change_id", SimpleType.STRING)
            .put("decision", SimpleType.STRING)
            .put("final", SimpleType.BOOL)
            .put("decided_at", SimpleType.TIMESTAMP)
            .put("detected_at", SimpleType.TIMESTAMP)
            .put("started_at", SimpleType.TIMESTAMP)
            .put("until", SimpleType.TIMESTAMP)
            .put("expires_at", SimpleType.TIMESTAMP)
            .put("reason", SimpleType.STRING)
            .put("arm", SimpleType.STRING)
            .put("goal_event_id", SimpleType.STRING)
            .put("goal_value", SimpleType.DOUBLE)
            .put("payload", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .buildOrThrow();
    private static final StructType DECISION =
            StructType.create("Decision", FIELDS.keySet(), field -> Optional.ofNullable(FIELDS.get(field)));
    private static final String SHA256 = "sha256";
    private static final Pattern FIELD = Pattern.compile("undefined field '([^']*)'");
    private static final Pattern NAME = Pattern.compile("undeclared reference to '([^']*)'");

    private final CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(SYNTAX)
            .setTypeProvider(new Types())
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.strings(), CelExtensions.optional())
            .addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(
                    SHA256, CelOverloadDecl.newGlobalOverload(SHA256, SimpleType.STRING, SimpleType.STRING)))
            .addVar("decision", DECISION)
            .build();
    private final CelRuntime runtime = CelRuntimeFactory.plannerRuntimeBuilder()
            .addLibraries(CelExtensions.strings(), CelExtensions.optional())
            .addFunctionBindings(CelFunctionBinding.fromOverloads(
                    SHA256, CelFunctionBinding.from(SHA256, String.class, DecisionCel::sha256)))
            .build();

    /** A compiled expression. */
    interface Compiled {
        /**
         * Its value, in CEL's classes.
         *
         * @throws PayloadFailure if it has none for this decision
         */
        Object of(TriggerDecision decision) throws PayloadFailure;
    }

    /**
     * @param wanted the kinds of type that are allowed
     * @param described their name in messages, such as "a map"
     * @throws InvalidTemplate with the first problem
     */
    Compiled compile(String text, Set<CelKind> wanted, String described) throws InvalidTemplate {
        CelValidationResult result = compiler.compile(text);
        if (result.hasError()) {
            throw invalid(text, result.getErrors().get(0));
        }
        try {
            CelKind kind = result.getAst().getResultType().kind();
            if (!kind.isDyn() && !wanted.contains(kind)) {
                throw new InvalidTemplate(
                        "expected " + described + " here, not a "
                                + result.getAst().getResultType().name(),
                        0);
            }
            CelRuntime.Program program = runtime.createProgram(result.getAst());
            return decision -> evaluate(program, decision);
        } catch (CelValidationException | CelEvaluationException failure) {
            throw new InvalidTemplate(String.valueOf(failure.getMessage()), 0);
        }
    }

    private static Object evaluate(CelRuntime.Program program, TriggerDecision decision) throws PayloadFailure {
        try {
            return program.eval(Map.of("decision", DecisionView.forCel(DecisionView.of(decision))));
        } catch (CelEvaluationException failure) {
            throw new PayloadFailure(plain(failure));
        }
    }

    /** CEL's message without the names of its classes and codes. */
    private static String plain(CelEvaluationException failure) {
        return String.valueOf(failure.getMessage())
                .replaceFirst("^evaluation error( at <input>:[0-9]+)?: ", "")
                .replaceAll("[a-z]+(\\.[a-z_]+)+\\.[A-Z][A-Za-z$]*:? ?", "");
    }

    private static InvalidTemplate invalid(String text, CelIssue issue) {
        String message = issue.getMessage()
                .lines()
                .findFirst()
                .orElse("not an expression")
                .replace(" (in container '')", "");
        int offset = 0;
        int line = 1;
        while (line < issue.getSourceLocation().getLine() && text.indexOf('\n', offset) >= 0) {
            offset = text.indexOf('\n', offset) + 1;
            line++;
        }
        offset += Math.max(0, issue.getSourceLocation().getColumn());
        return new InvalidTemplate(message + hint(message), Math.min(offset, text.length()));
    }

    private static String hint(String message) {
        Matcher field = FIELD.matcher(message);
        if (field.find()) {
            return "." + Nearest.hint(field.group(1), FIELDS.keySet());
        }
        Matcher name = NAME.matcher(message);
        if (!name.find()) {
            return "";
        }
        return FIELDS.containsKey(name.group(1))
                ? ". Did you mean decision." + name.group(1) + "?"
                : ". Put a text in quotes: '" + name.group(1) + "'. The data of the trigger is decision.payload.NAME.";
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static final class Types implements CelTypeProvider {
        @Override
        public ImmutableCollection<CelType> types() {
            return ImmutableList.of(DECISION);
        }

        @Override
        public Optional<CelType> findType(String name) {
            return name.equals(DECISION.name()) ? Optional.<@Nullable CelType>of(DECISION) : Optional.empty();
        }
    }
}
