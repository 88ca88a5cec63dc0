// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.event.SmallShop;
import dev.segue.yaml.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappingReaderTest {
    private static final String GOOD = """
            mapping: shop
            format: csv
            columns: [at, who, what, price, order, {extra: json}]
            customer: row.who
            time: row.at
            events:
              - type: product_viewed
                when: row.what == 'view'
                fields: {price: row.price}
            """;

    @Test
    void readsAGoodMapping() throws InvalidMapping {
        assertThat(read(GOOD).columns().names()).containsExactly("at", "who", "what", "price", "order", "extra");
    }

    @Test
    void suggestsNearestColumn() {
        Problem problem = onlyProblem(GOOD.replace("{price: row.price}", "{price: row.prize}"));
        assertThat(problem.message()).contains("undefined field 'prize'").contains("Did you mean 'price'?");
        assertThat(problem.line()).isEqualTo(9);
        assertThat(problem.sourceLine().substring(problem.column() - 1)).startsWith(".prize");
    }

    @Test
    void suggestsNearestField() {
        Problem problem = onlyProblem(GOOD.replace("{price: row.price}", "{pryce: row.price}"));
        assertThat(problem.message()).isEqualTo("product_viewed has no field 'pryce'. Did you mean 'price'?");
        assertThat(problem.sourceLine().substring(problem.column() - 1)).startsWith("pryce");
    }

    @Test
    void suggestsNearestEventType() {
        assertThat(onlyProblem(GOOD.replace("product_viewed", "product_vewed")).message())
                .isEqualTo("unknown event type 'product_vewed'. Did you mean 'product_viewed'?");
    }

    @Test
    void suggestsNearestKey() {
        assertThat(onlyProblem(GOOD + "event-id: line\n").message())
                .isEqualTo("unknown key 'event-id'. Did you mean 'event_id'?");
    }

    @Test
    void trackerMessagesNeedTheirColumns() {
        Problem problem = onlyProblem(GOOD + "tracker_messages: true\n");
        assertThat(problem.message())
                .isEqualTo("the messages of a tracker have ids that link customers; add to 'columns': type, messageId,"
                        + " userId, anonymousId, previousId.");
        assertThat(problem.sourceLine()).startsWith("tracker_messages");
    }

    @Test
    void reportsAllProblemsInOrderOfPlace() {
        List<Problem> problems = problems("""
                mapping: shop
                format: xml
                columns: [at, who, at]
                time: {value: row.at, as: 'qqqqqqqqqq', zone: Mars/Olympus}
                events:
                  - type: product_viewed
                    when: row.who
                  - ignore: nothing
                    type: product_viewed
                """);
        assertThat(problems)
                .extracting(Problem::message)
                .satisfiesExactly(
                        missing -> assertThat(missing).isEqualTo("the key 'customer' is missing."),
                        format -> assertThat(format).isEqualTo("'xml' is not one of csv, jsonl."),
                        column -> assertThat(column).contains("the column 'at' is defined twice"),
                        pattern -> assertThat(pattern).contains("'qqqqqqqqqq' is neither seconds, millis"),
                        zone -> assertThat(zone).contains("unknown time zone 'Mars/Olympus'"),
                        when -> assertThat(when).contains("expected a bool here, not a string"),
                        both -> assertThat(both).contains("either a 'type' of event or a reason to 'ignore'"));
        assertThat(problems.get(1).render()).isEqualTo("""
                shop.yaml:2:9: 'xml' is not one of csv, jsonl.
                  | format: xml
                  |         ^""");
    }

    @Test
    void refusesWhatIsNotYaml() {
        assertThat(onlyProblem("mapping: [unclosed").message())
                .isEqualTo("a ',' or the closing ']' is missing before this.");
        assertThat(onlyProblem("").message()).isEqualTo("the file has no mapping. One begins with 'mapping:'.");
    }

    @Test
    void refusesAKeyTwice() {
        assertThat(onlyProblem(GOOD + "customer: row.at\n").message())
                .isEqualTo("the key 'customer' is defined twice, first in line 4. Keep one of them.");
    }

    @Test
    void refusesAliasBombs() {
        assertThat(problems("a: &a [x]\nb: &b [*a, *a]\nmapping: *b\n"))
                .extracting(Problem::message)
                .allMatch(message -> message.startsWith("YAML anchors") || message.startsWith("YAML aliases"));
    }

    @Test
    void refusesListsAndTextsInEachOthersPlace() {
        assertThat(problems(GOOD.replace("[at, who, what, price, order, {extra: json}]", "at")))
                .first()
                .extracting(Problem::message)
                .isEqualTo("'columns' must be a list.");
        assertThat(onlyProblem(GOOD.replace("customer: row.who", "customer: [row.who]"))
                        .message())
                .isEqualTo("'customer' must be one value, not a list or a map.");
        assertThat(onlyProblem(GOOD.replace("fields: {price: row.price}", "fields: [price]"))
                        .message())
                .startsWith("'fields' takes names and values, one 'name: value' per line, not a list.");
        assertThat(onlyProblem(GOOD.replace("{extra: json}", "[extra]")).message())
                .isEqualTo("a column is a name, or a name with its type, such as 'items: json'.");
        assertThat(onlyProblem(GOOD + "  - ignored\n").message())
                .isEqualTo("a rule consists of names and values, such as 'type: product_viewed'.");
    }

    @Test
    void refusesUnknownWords() {
        assertThat(onlyProblem(GOOD + "other_columns: ignroe\n").message())
                .isEqualTo("'ignroe' is not one of ignore, refuse. Did you mean 'ignore'?");
        assertThat(onlyProblem(GOOD.replace("format: csv", "format: json")).message())
                .startsWith("'json' is not one of csv, jsonl.")
                .endsWith(" One object per line is jsonl, a file that is one array is jsonl with array: true.");
    }

    @Test
    void placesAMistakeWithinAQuotedExpression() {
        Problem problem = onlyProblem(GOOD.replace("row.what == 'view'", "\"row.what == 'view' && row.wat == 'x'\""));
        assertThat(problem.sourceLine().substring(problem.column() - 1)).startsWith(".wat");
    }

    @Test
    void refusesGroupingWithoutWithin() {
        assertThat(onlyProblem(GOOD.replace("fields:", "group_by: row.order\n    fields:"))
                        .message())
                .contains("group_by and within belong together");
    }

    @Test
    void refusesInvalidDuration() {
        assertThat(onlyProblem(GOOD.replace("fields:", "group_by: row.order\n    within: soon\n    fields:"))
                        .message())
                .isEqualTo(
                        "'soon' is not a duration. Write a whole number and one unit of ms, s, m, h, d, w, such as '30m'.");
    }

    @Test
    void refusesSumWithoutGroup() {
        assertThat(onlyProblem(GOOD.replace("{price: row.price}", "{price: {sum: row.price}}"))
                        .message())
                .contains("nothing to sum without group_by");
    }

    @Test
    void refusesLinesForFieldThatIsNoList() {
        assertThat(onlyProblem(GOOD.replace("{price: row.price}", "{price: {lines: {product_id: row.what}}}"))
                        .message())
                .isEqualTo("'price' is a decimal, not a list of records.");
    }

    @Test
    void refusesExpressionOfWrongType() {
        assertThat(onlyProblem(GOOD.replace("{price: row.price}", "{price: row.what == 'view'}"))
                        .message())
                .isEqualTo("expected a decimal here, not a bool.");
    }

    @Test
    void refusesToSetIdAndTimeAsFields() {
        assertThat(onlyProblem(GOOD.replace("{price: row.price}", "{event_id: row.order}"))
                        .message())
                .contains("'event_id' comes from the mapping's event_id and time");
    }

    private static Problem onlyProblem(String text) {
        List<Problem> problems = problems(text);
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    private static List<Problem> problems(String text) {
        InvalidMapping[] thrown = new InvalidMapping[1];
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(InvalidMapping.class, e -> thrown[0] = e);
        return thrown[0].problems();
    }

    private static Mapping read(String text) throws InvalidMapping {
        return new MappingReader(SmallShop.VOCABULARY).read("shop.yaml", text);
    }
}
