package dev.segue.definition;

import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads one YAML document as one definition. */
final class DocumentReader {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Set<String> KEYS =
            Set.of("segment", "describes", "params", "when", "until", "carry", "update", "owner", "tags");
    private static final Set<String> KEYS_NOT_YET = Set.of("group", "first", "trait", "value", "for", "cooldown");

    private final FileText file;
    private final Node document;
    private final Language language;
    private final Map<String, String> places;
    private final List<Problem> problems;

    /** @param places where each name was defined, filled by all documents of all files */
    DocumentReader(
            FileText file, Node document, Language language, Map<String, String> places, List<Problem> problems) {
        this.file = file;
        this.document = document;
        this.language = language;
        this.places = places;
        this.problems = problems;
    }

    /** The definition; empty, with problems added, where it is not one. */
    Optional<Definition> read() {
        int before = problems.size();
        Optional<YamlMap> read = YamlMap.of(file, document, problems);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        YamlMap map = read.get();
        map.rejectUnknown(KEYS, KEYS_NOT_YET);
        String name = name(map);
        Params params = Params.read(map, file, problems);
        ExpressionChecker checker = new ExpressionChecker(language.dialect(params.type()), params.values(), problems);
        Optional<Expression> when = map.required("when").flatMap(node -> condition(node, checker));
        Optional<Expression> until = map.scalar("until").flatMap(node -> condition(node, checker));
        Map<String, Expression> carry = carry(map, checker);
        boolean updateCarry = updateCarry(map);
        List<String> tags = map.strings("tags");
        if (problems.size() > before || when.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Definition(
                name,
                map.text("describes"),
                version(),
                when.get(),
                until.orElse(null),
                carry,
                updateCarry,
                map.text("owner"),
                tags));
    }

    private String name(YamlMap map) {
        Optional<ScalarNode> node = map.required("segment");
        if (node.isEmpty()) {
            return "";
        }
        String name = node.get().getValue();
        if (!NAME.matcher(name).matches()) {
            problems.add(file.problem(
                    node.get(),
                    "'" + name
                            + "' is not a name. Use a letter, then up to 63 letters, digits and hyphens, all small."));
        }
        String place = file.file() + ":" + (node.get().getStartMark().getLine() + 1);
        String other = places.putIfAbsent(name, place);
        if (other != null) {
            problems.add(file.problem(node.get(), "'" + name + "' is already defined at " + other + "."));
        }
        return name;
    }

    private Optional<Expression> condition(ScalarNode node, ExpressionChecker checker) {
        Optional<Expression> expression = checker.check(new ScalarText(file, node));
        if (expression.isPresent() && expression.get().type() != Scalar.BOOLEAN) {
            problems.add(file.problem(
                    node,
                    "this is a " + expression.get().type().describe()
                            + ", not true or false. Compare it with something, such as '> 0'."));
            return Optional.empty();
        }
        return expression;
    }

    private Map<String, Expression> carry(YamlMap map, ExpressionChecker checker) {
        Map<String, Expression> carry = new LinkedHashMap<>();
        map.entries("carry").forEach((name, node) -> {
            Optional<Expression> value = checker.check(new ScalarText(file, node));
            if (value.isPresent() && holdsRecord(value.get().type())) {
                problems.add(
                        file.problem(node, "a whole record cannot be carried. Say which of its fields is wanted."));
            }
            value.ifPresent(expression -> carry.put(name, expression));
        });
        return carry;
    }

    private static boolean holdsRecord(FieldType type) {
        return type instanceof FieldType.Nested
                || (type instanceof FieldType.Listing listing && holdsRecord(listing.element()))
                || (type instanceof FieldType.Mapping mapping && holdsRecord(mapping.value()));
    }

    private boolean updateCarry(YamlMap map) {
        Optional<ScalarNode> update = map.scalar("update");
        if (update.isPresent() && !update.get().getValue().equals("carry")) {
            problems.add(file.problem(
                    update.get(), "'" + update.get().getValue() + "' is unknown. The only value is 'carry'."));
        }
        if (update.isPresent() && map.entries("carry").isEmpty()) {
            problems.add(file.problem(update.get(), "there is no carry to update. Add carry, or leave this out."));
        }
        return update.isPresent();
    }

    private String version() {
        int start = file.text().offsetByCodePoints(0, document.getStartMark().getIndex());
        int end = file.text().offsetByCodePoints(0, document.getEndMark().getIndex());
        byte[] text = file.text().substring(start, end).strip().getBytes(StandardCharsets.UTF_8);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
