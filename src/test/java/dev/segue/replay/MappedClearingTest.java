// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.segue.event.Fields;
import dev.segue.replay.mapping.InvalidMapping;
import dev.segue.replay.mapping.MappingReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows of foreign files that clear fields of a customer's profile. */
class MappedClearingTest extends MappingScenario {
    private static final String TRAITS = """
            mapping: traits
            format: jsonl
            columns: [at, who, town, {traits: json}]
            customer: row.who
            time: {value: row.at, as: seconds}
            events:
              - type: profile_updated
                fields: {birthday: row.traits.birthday, age: row.traits.age, city: row.town, tags: row.traits.tags}
            """;
    private static final String CELLS = """
            mapping: cells
            format: csv
            columns: [at, who, birthday, age]
            customer: row.who
            time: {value: row.at, as: seconds}
            events:
              - type: profile_updated
                fields: {birthday: row.birthday, age: row.age}
            """;

    private Fields traits(String mapping, String members) throws Exception {
        return only(mapping, "traits.jsonl", "{\"at\":5,\"who\":\"ann\"," + members + "}\n")
                .fields();
    }

    @Test
    void jsonNullClears() throws Exception {
        Fields fields = traits(TRAITS, "\"town\":null,\"traits\":{\"birthday\":null,\"age\":null,\"tags\":null}");
        assertThat(fields.get("cleared")).isEqualTo(List.of("birthday", "age", "city", "tags"));
    }

    @Test
    void emptyJsonTextClearsTexts() throws Exception {
        Fields fields = traits(TRAITS, "\"town\":\"\",\"traits\":{\"birthday\":\"\",\"age\":\"\"}");
        assertThat(fields.get("cleared")).isEqualTo(List.of("birthday", "city"));
        assertThat(fields.get("birthday")).isNull();
    }

    @Test
    void absentValueClearsNothing() throws Exception {
        assertThat(traits(TRAITS, "\"traits\":{}").get("cleared")).isNull();
        assertThat(traits(TRAITS, "\"traits\":null").get("cleared")).isNull();
        assertThat(only(CELLS, "cells.csv", "at,who,birthday,age\n5,ann,,\n")
                        .fields()
                        .get("cleared"))
                .isNull();
    }

    @Test
    void nullJsonColumnClearsItsField() throws Exception {
        String mapping = TRAITS.replace("row.traits.tags", "row.traits");
        assertThat(traits(mapping, "\"traits\":null").get("cleared")).isEqualTo(List.of("tags"));
        assertThat(traits(mapping, "\"traits\":{}").get("cleared")).isNull();
    }

    @Test
    void nullOrEmptyKeyIsRemoved() throws Exception {
        Fields fields = traits(TRAITS, "\"traits\":{\"tags\":{\"vip\":null,\"club\":\"yes\",\"news\":\"\"}}");
        assertThat(fields.get("tags")).isEqualTo(Map.of("vip", "", "club", "yes", "news", ""));
    }

    @Test
    void emptyClearClearsWithoutValue() throws Exception {
        String mapping = CELLS.replace("row.birthday,", "{value: row.birthday, empty: clear},");
        Fields fields =
                only(mapping, "cells.csv", "at,who,birthday,age\n5,ann,,\n").fields();
        assertThat(fields.get("cleared")).isEqualTo(List.of("birthday"));
        Fields set = only(mapping, "more.csv", "at,who,birthday,age\n5,ann,1990-03-04,\n")
                .fields();
        assertThat(set.get("cleared")).isNull();
        assertThat(set.get("birthday")).isEqualTo("1990-03-04");
    }

    @Test
    void emptyKeepNeverClears() throws Exception {
        String mapping = TRAITS.replace("row.traits.birthday", "{value: row.traits.birthday, empty: keep}");
        assertThat(traits(mapping, "\"traits\":{\"birthday\":null,\"age\":null}")
                        .get("cleared"))
                .isEqualTo(List.of("age"));
    }

    @Test
    void refusesEmptyForOtherEvents() {
        String mapping = CELLS.replace("profile_updated", "product_viewed")
                .replace("{birthday: row.birthday, age: row.age}", "{price: {value: row.age, empty: clear}}");
        assertThat(message(mapping))
                .contains("'empty' applies only to fields of the profile; 'price' is not one. Remove 'empty'");
    }

    @Test
    void emptyIsClearOrKeep() {
        assertThat(message(CELLS.replace("row.age}", "{value: row.age, empty: drop}}")))
                .contains("'drop' is not one of clear, keep.");
    }

    private static String message(String mapping) {
        return catchThrowableOfType(
                        InvalidMapping.class, () -> new MappingReader(ShopWords.VOCABULARY).read("m.yaml", mapping))
                .getMessage();
    }
}
