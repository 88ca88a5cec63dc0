// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import java.util.Map;
import java.util.Optional;

/** The login, for those who are not logged in yet, and its end. */
final class LoginScreen implements Screen {
    /** The cookie with the session. */
    static final String COOKIE = "segue_console";

    private final Rendering rendering;
    private final Logins logins;
    private final AttemptLimit attempts;
    private final boolean isSecure;

    /** @param isSecure true if browsers reach the console by HTTPS only */
    LoginScreen(Rendering rendering, Logins logins, AttemptLimit attempts, boolean isSecure) {
        this.rendering = rendering;
        this.logins = logins;
        this.attempts = attempts;
        this.isSecure = isSecure;
    }

    @Override
    public Role role(boolean isPost) {
        return Role.VIEWER;
    }

    @Override
    public Optional<WebReply> answer(WebRequest request) {
        if (!logins.isNeeded()) {
            return Optional.empty();
        }
        if (!request.isPost()) {
            return Optional.of(page("", request.viewer()));
        }
        if (request.form().containsKey("end")) {
            logins.logOut(request.viewer().session());
            return Optional.of(WebReply.seeOther("/login", cookie("", "; Max-Age=0")));
        }
        if (!attempts.mayTry()) {
            return Optional.of(page("Too many attempts. Wait a minute, then try again.", request.viewer()));
        }
        String token = request.form().getOrDefault("token", "").strip();
        return Optional.of(logins.logIn(token)
                .map(session -> WebReply.seeOther("/", cookie(session, "")))
                .orElseGet(() -> {
                    attempts.failed();
                    return page("This token is not known. Ask whoever runs the console for one.", request.viewer());
                }));
    }

    private WebReply page(String problem, Viewer viewer) {
        return rendering.page("login", "Log in", "-", problem, viewer);
    }

    private Map<String, String> cookie(String session, String more) {
        return Map.of(
                "Set-Cookie",
                COOKIE + "=" + session + "; Path=/; HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "") + more);
    }
}
