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
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads one YAML document as one definition. */
final class DocumentReader {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final int MAX_READINGS = 64;
    private static final Set<String> COMMON_KEYS = Set.of("describes", "params", "carry", "update", "owner", "tags");
    private static final Map<String, Set<String>> KEYS = Map.of(
            "segment", Set.of("segment", "when", "until", "for", "cooldown"),
            "group", Set.of("group", "first"),
            "trait", Set.of("trait", "when", "value"));

    private final FileText file;
    private final Node document;
    private final Language language;
    private final Names names;
    private final List<Problem> problems;

    DocumentReader(FileText file, Node document, Language language, Names names, List<Problem> problems) {
        this.file = file;
        this.document = document;
        this.language = language;
        this.names = names;
        this.problems = problems;
    }

    /**
     * What the documents of all files know of each other.
     *
     * @param places where each name was defined
     * @param owners for each segment, the definition that decides it
     * @param references what definitions ask about others
     */
    record Names(Map<String, String> places, Map<String, String> owners, List<Reference> references) {}

    /** The definition; empty, with problems added, where it is not one. */
    Optional<Definition> read() {
        int before = problems.size();
        Optional<YamlMap> read = YamlMap.of(file, document, problems);
        Optional<String> kind = read.flatMap(this::kind);
        if (read.isEmpty() || kind.isEmpty()) {
            return Optional.empty();
        }
        YamlMap map = read.get();
        Set<String> known = new TreeSet<>(COMMON_KEYS);
        known.addAll(KEYS.get(kind.get()));
        map.rejectUnknown(known);
        String name = map.scalar(kind.get()).map(this::name).orElse("");
        Params params = Params.read(map, file, problems);
        ExpressionChecker checker =
                new ExpressionChecker(name, language.dialect(params.type()), params.values(), problems);
        Optional<Rule> rule = switch (kind.get()) {
            case "group" -> group(map, name, checker);
            case "trait" -> trait(map, checker);
            default -> segment(map, checker);
        };
        Map<String, Expression> carry = carry(map, checker);
        boolean updateCarry = updateCarry(map);
        List<String> tags = map.strings("tags");
        if (checker.readings() > MAX_READINGS) {
            problems.add(file.problem(
                    document,
                    "the definition asks streams " + checker.readings() + " times; the limit is " + MAX_READINGS
                            + ". Split it into several, joined by in_segment."));
        }
        names.references().addAll(checker.references());
        if (problems.size() > before || rule.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Definition(
                name,
                map.text("describes"),
                version(),
                rule.get(),
                carry,
                updateCarry,
                checker.references().stream().map(Reference::to).collect(Collectors.toUnmodifiableSet()),
                map.text("owner"),
                tags));
    }

    /** Which kind of definition this is, by the key that names it. */
    private Optional<String> kind(YamlMap map) {
        List<String> named =
                KEYS.keySet().stream().filter(map.keys()::contains).sorted().toList();
        if (named.size() == 1) {
            return Optional.of(named.get(0));
        }
        problems.add(file.problem(
                document,
                named.isEmpty()
                        ? "the definition has no name. It begins with 'segment:', 'group:' or 'trait:'."
                        : "the definition is " + String.join(" and ", named) + " at once. It can be one only."));
        return Optional.empty();
    }

    private Optional<Rule> segment(YamlMap map, ExpressionChecker checker) {
        Optional<Expression> when = map.required("when").flatMap(node -> condition(node, checker));
        Optional<Expression> until = map.scalar("until").flatMap(node -> condition(node, checker));
        Optional<Duration> holdFor = map.scalar("for").flatMap(this::duration);
        Optional<Duration> cooldown = map.scalar("cooldown").flatMap(this::duration);
        return when.map(
                enters -> new Rule.Segment(enters, until.orElse(null), holdFor.orElse(null), cooldown.orElse(null)));
    }

    private Optional<Rule> group(YamlMap map, String group, ExpressionChecker checker) {
        Map<String, Expression> choices = new LinkedHashMap<>();
        if (map.value("first") == null) {
            problems.add(file.problem(document, "the key 'first' is missing."));
        }
        map.nested("first")
                .ifPresent(first -> first.keys()
                        .forEach(choice -> first.scalar(choice).ifPresent(node -> {
                            claim(choice, first.keyNode(choice), group);
                            condition(node, checker).ifPresent(expression -> choices.put(choice, expression));
                        })));
        return choices.isEmpty() ? Optional.empty() : Optional.of(new Rule.Group(choices));
    }

    private Optional<Rule> trait(YamlMap map, ExpressionChecker checker) {
        Optional<Expression> when = map.scalar("when").flatMap(node -> condition(node, checker));
        Optional<ScalarNode> node = map.required("value");
        Optional<Expression> value = node.flatMap(scalar -> checker.check(new ScalarText(file, scalar)));
        if (value.isPresent() && holdsRecord(value.get().type())) {
            problems.add(
                    file.problem(node.get(), "a whole record cannot be a value. Say which of its fields is wanted."));
        }
        return value.map(expression -> new Rule.Trait(when.orElse(null), expression));
    }

    private Optional<Duration> duration(ScalarNode node) {
        Optional<Duration> duration = Duration.parse(node.getValue());
        if (duration.isEmpty()) {
            problems.add(
                    file.problem(
                            node,
                            "'" + node.getValue()
                                    + "' is not a duration. Write a whole number and one unit of s, m, h, d, w, such as '30m'."));
        }
        return duration;
    }

    private String name(ScalarNode node) {
        claim(node.getValue(), node, node.getValue());
        return node.getValue();
    }

    /** Takes a name for this definition; a problem where it is none or is taken. */
    private void claim(String name, Node node, String definition) {
        if (!NAME.matcher(name).matches()) {
            problems.add(file.problem(
                    node,
                    "'" + name
                            + "' is not a name. Use a letter, then up to 63 letters, digits and hyphens, all small."));
        }
        String place = file.file() + ":" + (node.getStartMark().getLine() + 1);
        String other = names.places().putIfAbsent(name, place);
        if (other != null) {
            problems.add(file.problem(node, "'" + name + "' is already defined at " + other + "."));
        }
        names.owners().putIfAbsent(name, definition);
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
