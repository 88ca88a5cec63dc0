// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.config.ConsoleSettings;
import dev.segue.runtime.cluster.CannotStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleSafetyTest {
    private static final String VIEWER = "0123456789abcdef";
    private static final String OPERATOR = "fedcba9876543210";

    @TempDir
    Path directory;

    /** Answers forms, which only editors may send. */
    private static final Map<String, Screen> NOTES = Map.of(
            "notes",
            request -> Optional.of(
                    WebReply.text(200, request.isPost() ? request.form().get("text") : "none")));

    private static ConsoleStage stage() {
        return new ConsoleStage(new MemoryData(), ConsoleSettings.defaults().withPort(0), NOTES);
    }

    private ConsoleStage stageWithLogin() throws Exception {
        Path tokens = Files.writeString(
                directory.resolve("tokens"), "# who\nviewer:" + VIEWER + "\noperator:" + OPERATOR + "\n");
        return new ConsoleStage(
                new MemoryData(), ConsoleSettings.defaults().withPort(0).withTokensFile(tokens), NOTES);
    }

    private static String find(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }

    private static String token(ConsoleStage stage, String... headers) throws Exception {
        return find(
                "name=\"form_token\" value=\"([0-9a-f]+)\"",
                stage.get("/login", headers).body());
    }

    @Test
    void everyResponseForbidsForeignContent() throws Exception {
        try (ConsoleStage stage = stage()) {
            for (String path : new String[] {"/", "/nothing", "/assets/0/console.css", "/segments/none"}) {
                assertThat(stage.get(path).headers())
                        .containsEntry("content-security-policy", SafeHeaders.POLICY)
                        .containsEntry("x-content-type-options", "nosniff")
                        .containsEntry("referrer-policy", "no-referrer")
                        .containsEntry("cache-control", "no-store");
            }
            assertThat(SafeHeaders.POLICY).startsWith("default-src 'self';").doesNotContain("unsafe");
        }
    }

    @Test
    void pagesHaveNoScriptOrStyleWithin() throws Exception {
        try (ConsoleStage stage = stage()) {
            stage.data.publish("segment: seen\nwhen: page_viewed.count() > 0\n");
            for (String path : new String[] {"/", "/segments/seen"}) {
                assertThat(stage.get(path).body())
                        .doesNotContainPattern("<script(?![^>]* src=)")
                        .doesNotContain("<style")
                        .doesNotContain(" style=")
                        .doesNotContainPattern(" on[a-z]+=\"")
                        .doesNotContainPattern("(src|href|hx-get)=\"(https?:)?//");
            }
        }
    }

    @Test
    void filesMayBeKeptForEverUnderTheirHash() throws Exception {
        try (ConsoleStage stage = stage()) {
            String address = find(
                    "href=\"(/assets/[0-9a-f]{16}/console\\.css)\"",
                    stage.get("/").body());
            ConsoleStage.Got style = stage.get(address);
            assertThat(style.status()).isEqualTo(200);
            assertThat(style.headers())
                    .containsEntry("cache-control", "public, max-age=31536000, immutable")
                    .containsEntry("content-type", "text/css; charset=utf-8");
            assertThat(stage.get("/assets/0000000000000000/console.css").status())
                    .isEqualTo(404);
            assertThat(stage.get("/assets/../segue.yaml").status()).isEqualTo(404);
        }
    }

    @Test
    void foreignNamesAreRefused() throws Exception {
        try (ConsoleStage stage = stage()) {
            assertThat(stage.get("/", "Host", "evil.example").status()).isEqualTo(421);
            assertThat(stage.get("/", "Host", "localhost.evil.example").status())
                    .isEqualTo(421);
            assertThat(stage.get("/", "Host", "127.0.0.1:7070").status()).isEqualTo(200);
            assertThat(stage.get("/", "Host", "[::1]:7070").status()).isEqualTo(200);
            assertThat(stage.get("/", "Host", "LOCALHOST").status()).isEqualTo(200);
        }
    }

    @Test
    void otherMethodsAreRefused() throws Exception {
        try (ConsoleStage stage = stage()) {
            ConsoleStage.Got got = stage.send("PUT", "/", "");
            assertThat(got.status()).isEqualTo(405);
            assertThat(got.headers()).containsEntry("allow", "GET, HEAD, POST");
            ConsoleStage.Got head = stage.send("HEAD", "/", "");
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void formNeedsTheTokenOfItsPage() throws Exception {
        FormTokens tokens = new FormTokens();
        Viewer other = new Viewer(Role.EDITOR, "other", true);
        assertThat(tokens.isValid(tokens.of(other), other)).isTrue();
        assertThat(tokens.isValid(tokens.of(other), Viewer.ANYBODY)).isFalse();
        assertThat(tokens.of(other)).isNotEqualTo(tokens.of(other));
        assertThat(new FormTokens().isValid(tokens.of(other), other)).isFalse();
        try (ConsoleStage stage = stage()) {
            assertThat(stage.post("/notes", "text=hi").status()).isEqualTo(403);
            assertThat(stage.post("/notes", "text=hi&form_token=" + tokens.of(Viewer.ANYBODY))
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void formOfAnotherSiteIsRefusedEvenWithTheToken() throws Exception {
        try (ConsoleStage stage = stageWithLogin()) {
            String form = "token=" + OPERATOR + "&form_token=" + token(stage);
            assertThat(stage.post("/login", form, "Sec-Fetch-Site", "cross-site")
                            .status())
                    .isEqualTo(403);
            assertThat(stage.post("/login", form, "Sec-Fetch-Site", "same-site").status())
                    .isEqualTo(403);
            assertThat(stage.post("/login", form, "Origin", "http://evil.example")
                            .status())
                    .isEqualTo(403);
            assertThat(stage.post("/login", form, "Origin", "null").status()).isEqualTo(403);
            assertThat(stage.post("/login", form, "Sec-Fetch-Site", "same-origin")
                            .status())
                    .isEqualTo(303);
        }
    }

    @Test
    void largeFormIsRefused() throws Exception {
        try (ConsoleStage stage = stage()) {
            assertThat(stage.post("/notes", "text=" + "x".repeat(300_000)).status())
                    .isEqualTo(413);
        }
    }

    @Test
    void loginDecidesWhatSomeoneMayDo() throws Exception {
        try (ConsoleStage stage = stageWithLogin()) {
            assertThat(stage.get("/").status()).isEqualTo(303);
            assertThat(stage.get("/").headers()).containsEntry("location", "/login");
            assertThat(stage.get("/segments/x/changes", "Accept", "text/event-stream")
                            .status())
                    .isEqualTo(303);

            String viewer = logIn(stage, VIEWER);
            assertThat(stage.get("/", "Cookie", viewer).status()).isEqualTo(200);
            String form = "text=hi&form_token=" + token(stage, "Cookie", viewer);
            ConsoleStage.Got refused = stage.post("/notes", form, "Cookie", viewer);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("This needs the role editor; yours is viewer.");

            String operator = logIn(stage, OPERATOR);
            assertThat(stage.post("/notes", form, "Cookie", operator).status())
                    .as("the token of another login")
                    .isEqualTo(403);
            String own = "text=hi&form_token=" + token(stage, "Cookie", operator);
            assertThat(stage.post("/notes", own, "Cookie", operator).body()).isEqualTo("hi\n");
            assertThat(stage.post("/login", "end=1&" + own, "Cookie", operator).status())
                    .isEqualTo(303);
            assertThat(stage.get("/", "Cookie", operator).status()).isEqualTo(303);
        }
    }

    private static String logIn(ConsoleStage stage, String token) throws Exception {
        ConsoleStage.Got got = stage.post("/login", "token=" + token + "&form_token=" + token(stage));
        assertThat(got.status()).isEqualTo(303);
        assertThat(got.headers().get("set-cookie")).contains("; HttpOnly; SameSite=Strict");
        return find("^([^;]+);", got.headers().get("set-cookie"));
    }

    @Test
    void wrongTokensSoonHaveToWait() throws Exception {
        try (ConsoleStage stage = stageWithLogin()) {
            String form = "token=wrong&form_token=" + token(stage);
            for (int attempt = 0; attempt < 20; attempt++) {
                assertThat(stage.post("/login", form).body()).contains("This token is not known.");
            }
            assertThat(stage.post("/login", form).body()).contains("Too many attempts.");
        }
    }

    @Test
    void waitingEndsAfterAMinute() {
        long[] now = {0};
        AttemptLimit limit = new AttemptLimit(() -> now[0]);
        for (int attempt = 0; attempt < 20; attempt++) {
            assertThat(limit.mayTry()).isTrue();
            limit.failed();
        }
        now[0] = 59_999_999_999L;
        assertThat(limit.mayTry()).isFalse();
        now[0] = 60_000_000_000L;
        assertThat(limit.mayTry()).isTrue();
    }

    @Test
    void otherHostNeedsLogin() {
        ConsoleSettings usual = ConsoleSettings.defaults();
        assertThatThrownBy(() -> new ConsoleSettings(true, "0.0.0.0", 0, null, null, 256))
                .hasMessageContaining("console.host '0.0.0.0' can be reached from other machines")
                .hasMessageContaining("console.tokens_file");
        assertThat(new ConsoleSettings(true, "0.0.0.0", 0, null, Path.of("tokens"), 256).host())
                .isEqualTo("0.0.0.0");
        assertThat(usual.host()).isEqualTo("127.0.0.1");
    }

    @Test
    void mistakesInTheFileOfTokensAreShownWithoutTokens() throws Exception {
        Path tokens = directory.resolve("tokens");
        ConsoleSettings settings = ConsoleSettings.defaults().withTokensFile(tokens);
        assertThatThrownBy(() -> new Logins(settings))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("cannot be read");
        Files.writeString(tokens, "viewer:short-secret\n");
        assertThatThrownBy(() -> new Logins(settings))
                .hasMessageContaining("Line 1 of")
                .hasMessageContaining("12 characters; it must have 16 to 200")
                .hasMessageNotContaining("short-secret");
        Files.writeString(tokens, "\nboss:" + VIEWER + "\n");
        assertThatThrownBy(() -> new Logins(settings))
                .hasMessageContaining("Line 2 of")
                .hasMessageContaining("must begin with viewer:, editor: or operator:")
                .hasMessageNotContaining(VIEWER);
        Files.writeString(tokens, "# none\n");
        assertThatThrownBy(() -> new Logins(settings)).hasMessageContaining("has no login");
    }
}
