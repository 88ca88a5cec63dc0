// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.segue.config.Settings;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.runtime.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CurrencySettingsTest {

    @Test
    void reportsWrongCurrencyWithItsLine() throws Exception {
        assertThat(problems("""
                        currency:
                          shop: EUR
                          rates:
                            USD: cheap
                            GBP: 1e999999
                        """))
                .containsExactly(
                        "segue.yaml:4:10: 'currency.rates.USD': 'cheap' is not a number such as 0.92",
                        "segue.yaml:5:10: 'currency.rates.GBP': '1e999999' is not a number such as 0.92");
        assertThat(problems("currency:\n  shop: euro\n"))
                .containsExactly(
                        "segue.yaml:2:9: currency.shop must be a code of three letters such as EUR, not 'EURO'");
        assertThat(problems("currency:\n  rates: {USD: 0.92}\n"))
                .containsExactly(
                        "segue.yaml:2:3: currency.rates need currency.shop, the currency that they convert to");
        for (String wrong : List.of("0", "-1", "NaN", "0.0000000009", "1000000001")) {
            assertThat(problems("currency:\n  shop: EUR\n  rates:\n    USD: " + wrong + "\n"))
                    .singleElement()
                    .asString()
                    .startsWith("segue.yaml:4:10: ");
        }
        assertThat(problems("currency: {shop: EUR, rates: {EUR: 0.92}}"))
                .containsExactly("segue.yaml:1:36: currency.rates.EUR must be 1: it is the shop's own currency");
        assertThat(problems("currency: {shop: EUR, rates: {US: 0.92}}"))
                .containsExactly("segue.yaml:1:35: currency.rates.US must have a code of three letters such as USD");
        assertThat(problems("currency: {shop: EUR, rates: {usd: 0.92, USD: 0.93}}"))
                .singleElement()
                .asString()
                .endsWith("is defined twice");
        assertThat(read("currency: {shop: EUR, rates: {EUR: 1.0, USD: 0.000000001, JPY: 1000000000}}")
                        .currency()
                        .rates())
                .hasSize(3);
    }

    @Test
    void readsCurrenciesOfLanguagePage() throws Exception {
        String page = Files.readString(Path.of("docs", "language.md"));
        Matcher block =
                Pattern.compile("```settings\\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).isTrue();
        assertThat(read(block.group(1)).currency().rates()).containsOnlyKeys("USD", "JPY");
    }

    private static Settings read(String text) throws InvalidSettings {
        return SettingsReader.read("segue.yaml", text, name -> null);
    }

    /** Returns the first line of each problem: place and message. */
    private static List<String> problems(String text) {
        List<String> problems = new ArrayList<>();
        assertThatThrownBy(() -> read(text))
                .asInstanceOf(type(InvalidSettings.class))
                .satisfies(invalid -> invalid.problems()
                        .forEach(problem ->
                                problems.add(problem.lines().findFirst().orElse(""))));
        return problems;
    }
}
