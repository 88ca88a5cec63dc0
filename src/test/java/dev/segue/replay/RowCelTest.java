package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowCelTest {
    private static final Columns COLUMNS = new Columns(List.of("a", "b", "j"), List.of(false, false, true), false);
    private static final Map<String, Map<String, String>> TABLES = Map.of("country", Map.of("EIRE", "IE"));

    private final RowCel cel = new RowCel(COLUMNS, TABLES);

    @Test
    void nodesMeanWhatCelMeans() throws Exception {
        for (String condition : List.of(
                "row.a == 'x'",
                "row.a != 'x'",
                "row.a == 'x' && row.b == 'y'",
                "row.a == 'x' || row.b == 'y'",
                "row.a == '' || row.b != '' && row.a != 'x'",
                "(row.a == 'x' || row.b == 'y') && row.b != 'z'")) {
            for (String a : new String[] {"x", "y", "", null}) {
                for (String b : new String[] {"y", "z", "", null}) {
                    // The double negation has no node, so that it runs on CEL's own runtime.
                    assertThat(value(condition, a, b, "{}"))
                            .as(condition + " of " + a + ", " + b)
                            .isEqualTo(value("!(!(" + condition + "))", a, b, "{}"))
                            .isInstanceOf(Boolean.class);
                }
            }
        }
    }

    @Test
    void pathsAndLookupsMeanWhatCelMeansWhereTheyLeadSomewhere() throws Exception {
        String json = "{\"p\":{\"id\":\"p1\",\"n\":3,\"price\":0.1},\"on\":true}";
        for (String path : List.of("row.j.p.id", "row.j.p.n", "row.j.on", "tables.country[row.a]")) {
            assertThat(value(path, "EIRE", "", json)).isEqualTo(value("[" + path + "][0]", "EIRE", "", json));
        }
    }

    @Test
    void whatLeadsNowhereIsUnset() throws Exception {
        assertThat(value("row.j.p.q.r", "", "", "{\"p\":\"text\"}")).isNull();
        assertThat(value("row.j.p", "", "", "")).isNull();
        assertThat(value("tables.country[row.a]", "Atlantis", "", "")).isNull();
    }

    @Test
    void decimalsOfJsonStayExactOnAPath() throws Exception {
        assertThat(value("row.j.price", "", "", "{\"price\":1234567890.123456789}"))
                .isEqualTo(new BigDecimal("1234567890.123456789"));
    }

    @Test
    void placesWhatIsWrong() {
        assertThatThrownBy(() -> cel.compile("row.a == 'x' && row.bb == 'y'"))
                .isInstanceOfSatisfying(RowCel.Invalid.class, invalid -> {
                    assertThat(invalid.offset()).isEqualTo("row.a == 'x' && row".length());
                    assertThat(invalid).hasMessageContaining("Did you mean 'b'?");
                });
        assertThatThrownBy(() -> cel.compile("row.a ==")).isInstanceOf(RowCel.Invalid.class);
        assertThatThrownBy(() -> cel.compile("rou.a")).hasMessageContaining("rou");
        assertThatThrownBy(() -> cel.compile("tables.city[row.a]")).hasMessageContaining("city");
    }

    private Object value(String expression, String a, String b, String json) throws Exception {
        return cel.compile(expression).expression().of(new Row(COLUMNS, new Object[] {a, b, json}, 1));
    }
}
