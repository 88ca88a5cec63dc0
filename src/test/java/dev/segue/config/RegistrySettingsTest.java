// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrySettingsTest {
    private final RegistrySettings settings = RegistrySettings.of(URI.create("http://registry:8081"));

    @ParameterizedTest
    @ValueSource(strings = {"http://r", "https://r:8443/apis/ccompat/v7", "http://127.0.0.1:1/"})
    void acceptsAddressesWithAHost(String url) {
        assertThatCode(() -> RegistrySettings.of(URI.create(url))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "registry:8081, is not an http or https address with a host",
        "ftp://registry, is not an http or https address with a host",
        "http:///path, is not an http or https address with a host",
        "http://r/?a=b, 'must have no user, query or fragment'",
        "http://r/#a, 'must have no user, query or fragment'",
    })
    void refusesOtherAddresses(String url, String message) {
        assertThatThrownBy(() -> RegistrySettings.of(URI.create(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(url)
                .hasMessageContaining(message);
    }

    @Test
    void neverShowsPassword() {
        assertThatThrownBy(() -> RegistrySettings.of(URI.create("http://ann:s3cret@registry")))
                .hasMessageNotContaining("s3cret");
        assertThat(settings.withCredentials("ann", "s3cret").toString())
                .contains("ann")
                .doesNotContain("s3cret");
    }

    @Test
    void refusesUserWithColon() {
        assertThatThrownBy(() -> settings.withCredentials("a:b", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> settings.withCredentials("", "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void limitsAttemptsAndTimes() {
        assertThatCode(() -> settings.withRetries(1, Duration.ZERO)).doesNotThrowAnyException();
        assertThatCode(() -> settings.withRetries(20, Duration.ofSeconds(10))).doesNotThrowAnyException();
        assertThatThrownBy(() -> settings.withRetries(0, Duration.ZERO)).hasMessageContaining("not 0");
        assertThatThrownBy(() -> settings.withRetries(21, Duration.ZERO)).hasMessageContaining("not 21");
        assertThatThrownBy(() -> settings.withRetries(1, Duration.ofSeconds(10).plusMillis(1)))
                .hasMessageContaining("backoff");
        assertThatThrownBy(() -> settings.withTimeouts(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessageContaining("connect timeout");
        assertThatThrownBy(() -> settings.withTimeouts(Duration.ofSeconds(1), Duration.ofMinutes(6)))
                .hasMessageContaining("request timeout");
    }
}
