// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.config.CollectorSettings;
import dev.segue.config.Settings;
import dev.segue.runtime.settings.SettingsReader;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/connect.md and docs/operations.md say of the collector is so. */
class CollectorDocTest {
    private static String page(String name) throws Exception {
        return Files.readString(Path.of("docs", name));
    }

    private static String find(String page, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    @Test
    void settingsShownAreValid() throws Exception {
        String yaml = find(page("connect.md"), "```yaml\n(# segue.yaml\ncollector:.*?)```");
        Settings settings = SettingsReader.read("segue.yaml", yaml, name -> "key-of-" + name);
        assertThat(settings.collector().enabled()).isTrue();
        assertThat(settings.collector().keys()).hasSize(2);
    }

    @Test
    void curlShownStoresEvent() throws Exception {
        String page = page("connect.md");
        assertThat(page)
                .contains("curl -u \"$WRITE_KEY:\" http://localhost:"
                        + CollectorSettings.defaults().port() + "/v1/track -d '");
        String body = find(page, "curl -u \"\\$WRITE_KEY:\" http://localhost:[0-9]+/v1/track -d '(.*?)'");
        try (CollectorStage stage = new CollectorStage()) {
            HttpResponse<String> response = stage.post("/v1/track", body);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(stage.events().get(0).type().name()).isEqualTo("product_viewed");
        }
    }

    @Test
    void strictRequestShownGetsResponseShown() throws Exception {
        String page = page("connect.md");
        String body = find(page, "-H 'X-Strict-Mode: 1' http://localhost:[0-9]+/v1/batch -d '(.*?)'\n");
        String shown = find(page, "```json\n(\\{\"success\": false.*?)```");
        try (CollectorStage stage = new CollectorStage()) {
            HttpResponse<String> strict = stage.post("/v1/batch", body, CollectorStage.KEY, "X-Strict-Mode", "1");
            assertThat(strict.statusCode()).isEqualTo(400);
            ObjectMapper json = new ObjectMapper();
            JsonNode refusal = json.readTree(strict.body());
            assertThat(refusal).isEqualTo(json.readTree(shown));
            assertThat(stage.memory.records).isEmpty();

            assertThat(stage.post("/v1/batch", body).statusCode()).isEqualTo(200);
            assertThat(stage.letters()).hasSameSizeAs(refusal.get("problems"));
            for (int index = 0; index < stage.letters().size(); index++) {
                JsonNode problem = refusal.get("problems").get(index);
                String detail = new String(
                        stage.letters()
                                .get(index)
                                .headers()
                                .lastHeader("segue.detail")
                                .value(),
                        StandardCharsets.UTF_8);
                assertThat(detail)
                        .isEqualTo(problem.get("path").asText() + ": "
                                + problem.get("message").asText());
            }
        }
    }

    @Test
    void tableListsExactlyTheExistingMetrics() throws Exception {
        TreeSet<String> documented = new TreeSet<>();
        Matcher rows =
                Pattern.compile("(?m)^\\| `(segue_collector_[a-z_]+)` \\|").matcher(page("operations.md"));
        while (rows.find()) {
            documented.add(rows.group(1));
        }
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new CollectorMeters(registry).pending(() -> 0);
        NamingConvention naming = registry.config().namingConvention();
        TreeSet<String> existing = new TreeSet<>();
        for (Meter meter : registry.getMeters()) {
            Meter.Id id = meter.getId();
            String name = naming.name(id.getName(), id.getType(), id.getBaseUnit());
            existing.add(id.getType() == Meter.Type.COUNTER ? name.replaceFirst("(_total)?$", "_total") : name);
        }
        assertThat(documented).isEqualTo(existing);
    }

    @Test
    void limitsAreThoseOfPage() throws Exception {
        String page = page("operations.md");
        assertThat(page).contains("more than " + RequestText.LONGEST / 1024 + " KiB, also after decompression");
        assertThat(page).contains("the body took longer than " + CollectorHandler.LONGEST_BODY.toSeconds() + " s");
        assertThat(page)
                .contains("default on `" + CollectorSettings.defaults().host() + ":"
                        + CollectorSettings.defaults().port() + "`");
    }
}
