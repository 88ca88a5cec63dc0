// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.segue.config.ParamOverride;
import dev.segue.config.SourceWord;
import dev.segue.event.SmallShop;
import dev.segue.yaml.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverridesTest {
    private static final String EVERY_KIND = """
            segment: busy
            params: {quiet: 1h, least: 3, share: 0.5, strict: false, page: home}
            when: >-
              page_viewed.within(params.quiet).count() >= params.least && (!params.strict
              || page_viewed.share(p, p.url == params.page) >= params.share)
            """;
    private static final String GROUP = """
            group: level
            params: {much: 5}
            first:
              high: order_completed.count() >= params.much
              low: order_completed.count() >= 1
            """;

    @Test
    void overrideReplacesValue() throws Exception {
        Definition definition = read(EVERY_KIND, "busy.quiet=30m");
        Param quiet = definition.params().get("quiet");
        assertThat(quiet.inForce().value()).isEqualTo("30m");
        assertThat(quiet.inFile().value()).isEqualTo("1h");
        assertThat(quiet.overriddenAt()).isEqualTo("set.yaml:1:12");
        assertThat(definition.params().get("least").overriddenAt()).isNull();
        assertThat(((DefinitionRule.Segment) definition.rule()).when().text()).contains("within('30m')");
        assertThat(definition.params().keySet()).containsExactly("quiet", "least", "share", "strict", "page");
    }

    @ParameterizedTest
    @CsvSource({
        "quiet=2w,     2w,   duration",
        "least=-4,     -4,   integer",
        "share=1,      1.0,  number",
        "share=2.5e-1, 0.25, number",
        "strict=true,  true, boolean",
        "page=1h,      1h,   text"
    })
    void valueInFileDeterminesType(String set, String value, String kind) throws Exception {
        Param param = read(EVERY_KIND, "busy." + set).params().get(set.substring(0, set.indexOf('=')));
        assertThat(param.inForce().value()).hasToString(value);
        assertThat(param.inForce().type()).isEqualTo(param.inFile().type());
        assertThat(param.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quiet=30 | 12 | 'quiet' is a duration. '30' is not a duration. Write a whole number and one unit of ms,",
                "quiet=1831d | 12 | 'quiet' is a duration. '1831d' is too long. The longest is 1830d.",
                "quiet=2 hours | 12 | 'quiet' is a duration. '2 hours' is not a duration.",
                "least=3.0 | 12 | 'least' is a whole number of at most 18 digits, such as 3 in the definition's file, and",
                "least=many | 12 | 'least' is a whole number",
                "share=half | 11 | 'share' is a number, such as 0.5 in the definition's file, and not 'half'.",
                "share=NaN | 11 | 'share' is a number",
                "strict=yes | 13 | 'strict' is true or false, such as false in the definition's file, and not 'yes'.",
                "quit=30m | 6 | 'busy' has no param 'quit'. Did you mean 'quiet'?",
                "zzzzzz=30m | 6 | 'busy' has no param 'zzzzzz'. It has: quiet, least, share, strict, page."
            })
    void reportsUnfitOverrideAtItsPlace(String set, int column, String message) {
        List<Problem> problems = problems(List.of(EVERY_KIND), "busy." + set);
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("set.yaml");
            assertThat(problem.message()).startsWith(message);
            assertThat(problem.sourceLine()).isEqualTo("busy." + set);
        });
        int expected = set.startsWith("share")
                        || set.startsWith("strict")
                        || set.startsWith("least")
                        || set.startsWith("quiet")
                ? "busy.".length() + set.indexOf('=') + 2
                : column;
        assertThat(problems.get(0).column()).isEqualTo(expected);
    }

    @Test
    void reportsUnknownSegment() {
        assertThat(messages(List.of(EVERY_KIND), "bsy.quiet=30m"))
                .containsExactly("set.yaml:1:1: there is no segment 'bsy'. Did you mean 'busy'?");
        assertThat(messages(List.of(EVERY_KIND), "something.quiet=30m"))
                .containsExactly("set.yaml:1:1: there is no segment 'something'. 'segue list' shows all definitions.");
        assertThat(messages(List.of(GROUP), "high.much=3"))
                .containsExactly("set.yaml:1:1: 'high' is a choice of the group 'level'. Set the params of 'level'.");
        assertThat(messages(List.of("segment: bare\nwhen: cart.count() > 0\n"), "bare.quiet=1h"))
                .containsExactly("set.yaml:1:6: 'bare' has no param 'quiet'. It has none.");
    }

    @Test
    void doesNotReportSegmentOfUnreadableFile() {
        assertThat(messages(List.of("segment: [\n"), "busy.quiet=30m"))
                .singleElement()
                .asString()
                .startsWith("0.yaml");
        assertThat(messages(List.of(EVERY_KIND.replace("count()", "cuont()")), "busy.quiet=30m"))
                .singleElement()
                .asString()
                .startsWith("0.yaml:4:");
    }

    @Test
    void reportsValueInvalidInContextAtItsPlace() {
        String dated = "segment: soon\nparams: {day: 12-25}\nwhen: yearly(params.day, '7d')\n";
        assertThat(messages(List.of(dated), "soon.day=13-99"))
                .containsExactly(
                        "set.yaml:1:10: with this value 'soon' is wrong at 0.yaml:3:14: '13-99' is not a day of the calendar.");
    }

    @Test
    void reportsAllMistakes() {
        assertThat(messages(List.of(EVERY_KIND, GROUP), "busy.quiet=x", "busy.last=1", "level.much=x", "lvl.much=1"))
                .hasSize(4);
    }

    @Test
    void laterOverrideWins() throws Exception {
        Definition definition = read(EVERY_KIND, "busy.quiet=30m", "busy.quiet=45m");
        assertThat(definition.params().get("quiet").inForce().value()).isEqualTo("45m");
        assertThat(definition.params().get("quiet").overriddenAt()).isEqualTo("set.yaml:2:12");
    }

    @Test
    void versionDependsOnValuesInForce() throws Exception {
        String shipped = read(EVERY_KIND).version();
        String shorter = read(EVERY_KIND, "busy.quiet=30m").version();
        assertThat(shorter).isNotEqualTo(shipped).hasSameSizeAs(shipped);
        assertThat(read(EVERY_KIND, "busy.quiet=45m").version()).isNotIn(shipped, shorter);
        assertThat(read(EVERY_KIND, "busy.least=4").version()).isNotIn(shipped, shorter);
        assertThat(read(EVERY_KIND, "busy.quiet=30m", "busy.least=4").version())
                .isEqualTo(read(EVERY_KIND, "busy.least=4", "busy.quiet=30m").version());
        assertThat(read(EVERY_KIND, "busy.quiet=1h").version())
                .as("a value that is the file's own changes no answer")
                .isEqualTo(shipped);
    }

    @Test
    void overridesParamsByGroupName() throws Exception {
        assertThat(((DefinitionRule.Group) read(GROUP, "level.much=9").rule())
                        .choices()
                        .get("high")
                        .text())
                .isEqualTo("order_completed.count() >= 9");
    }

    @Test
    void overridesReferencedSegment() throws Exception {
        String asks = "segment: asks\nparams: {other: one}\nwhen: in_segment(params.other)\n";
        String others = "segment: one\nwhen: cart.count() > 0\n---\nsegment: two\nwhen: cart.count() > 1\n";
        List<Definition> definitions = new DefinitionReader(SmallShop.VOCABULARY)
                .read(texts(List.of(asks, others)), overrides("asks.other=two"));
        assertThat(definitions.get(0).references()).containsExactly("two");
        assertThat(messages(List.of(asks, others), "asks.other=three"))
                .singleElement()
                .asString()
                .contains("there is no segment 'three'");
    }

    @Test
    void namesBothFilesOfDuplicateName() {
        assertThat(messages(List.of(GROUP, "segment: high\nwhen: cart.count() > 0\n")))
                .containsExactly("1.yaml:1:10: 'high' is already defined at 0.yaml:4.");
    }

    private static Definition read(String text, String... set) throws InvalidDefinitions {
        return new DefinitionReader(SmallShop.VOCABULARY)
                .read(texts(List.of(text)), overrides(set))
                .get(0);
    }

    private static List<Problem> problems(List<String> files, String... set) {
        InvalidDefinitions invalid = catchThrowableOfType(
                InvalidDefinitions.class,
                () -> new DefinitionReader(SmallShop.VOCABULARY).read(texts(files), overrides(set)));
        assertThat(invalid).isNotNull();
        return invalid.problems();
    }

    private static List<String> messages(List<String> files, String... set) {
        return problems(files, set).stream()
                .map(problem ->
                        problem.file() + ":" + problem.line() + ":" + problem.column() + ": " + problem.message())
                .toList();
    }

    private static List<DefinitionText> texts(List<String> files) {
        List<DefinitionText> texts = new ArrayList<>();
        files.forEach(file -> texts.add(new DefinitionText(texts.size() + ".yaml", file)));
        return texts;
    }

    /** Parses lines such as {@code busy.quiet=30m}. */
    private static List<ParamOverride> overrides(String... set) {
        List<ParamOverride> overrides = new ArrayList<>();
        Stream.of(set).forEach(line -> {
            int dot = line.indexOf('.');
            int equals = line.indexOf('=');
            int number = overrides.size() + 1;
            overrides.add(new ParamOverride(
                    new SourceWord(line.substring(0, dot), "set.yaml", number, 1, line),
                    new SourceWord(line.substring(dot + 1, equals), "set.yaml", number, dot + 2, line),
                    new SourceWord(line.substring(equals + 1), "set.yaml", number, equals + 2, line)));
        });
        return overrides;
    }
}
