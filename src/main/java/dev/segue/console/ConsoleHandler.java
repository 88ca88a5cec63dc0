// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks requests in a fixed order, then lets the screen of their path answer: host, method, login, form, role. */
final class ConsoleHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleHandler.class);
    private static final String LOGIN = "login";
    private static final String ASSETS = "assets";
    private static final int WORTH_COMPRESSING = 1024;

    private final HostCheck hosts;
    private final Logins logins;
    private final Rendering rendering;
    private final Map<String, Screen> screens;
    private final LiveStreams streams;

    /** @param screens by the first part of the path; empty for the first page */
    ConsoleHandler(
            HostCheck hosts, Logins logins, Rendering rendering, Map<String, Screen> screens, LiveStreams streams) {
        this.hosts = hosts;
        this.logins = logins;
        this.rendering = rendering;
        this.screens = Map.copyOf(screens);
        this.streams = streams;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        SafeHeaders.put(response.getHeaders());
        try {
            answer(request, response, callback);
        } catch (WebRefusal refusal) {
            closeUnlessRead(request, response);
            write(request, response, callback, WebReply.text(refusal.status(), String.valueOf(refusal.getMessage())));
        } catch (RuntimeException bug) {
            LOG.error("a page could not be made", bug);
            closeUnlessRead(request, response);
            write(
                    request,
                    response,
                    callback,
                    WebReply.text(
                            HttpStatus.INTERNAL_SERVER_ERROR_500, "This page could not be made. The log says why."));
        }
        return true;
    }

    private void answer(Request request, Response response, Callback callback) throws WebRefusal {
        requireOwnHost(request);
        boolean isPost = requireMethod(request, response);
        List<String> path = RequestReader.path(request);
        if (!path.isEmpty() && path.get(0).equals(ASSETS)) {
            write(request, response, callback, asset(request));
            return;
        }
        boolean isLogin = path.equals(List.of(LOGIN));
        Optional<Viewer> known = logins.viewer(session(request));
        if (known.isEmpty() && !isLogin) {
            write(request, response, callback, mustLogIn(isPost));
            return;
        }
        Viewer viewer = known.orElse(new Viewer(Role.VIEWER, "", false));
        Map<String, String> form = isPost ? form(request, viewer) : Map.of();
        WebRequest read = new WebRequest(isPost, path, RequestReader.query(request), form, viewer);
        Screen screen = screens.get(read.part(0));
        if (screen == null) {
            write(request, response, callback, notFound(viewer));
            return;
        }
        if (!viewer.role().includes(screen.role(isPost))) {
            throw new WebRefusal(
                    HttpStatus.FORBIDDEN_403,
                    "This needs the role " + screen.role(isPost).label() + "; yours is "
                            + viewer.role().label() + ".");
        }
        if (isEventStream(request)) {
            stream(screen, read, response, callback);
        } else {
            write(request, response, callback, screen.answer(read).orElseGet(() -> notFound(viewer)));
        }
    }

    private void requireOwnHost(Request request) throws WebRefusal {
        if (!hosts.accepts(request.getHeaders().get(HttpHeader.HOST))) {
            throw new WebRefusal(
                    HttpStatus.MISDIRECTED_REQUEST_421,
                    "The console is not known by this name. Open it by its address in numbers or as localhost, or set"
                            + " console.public_url.");
        }
    }

    private static boolean requireMethod(Request request, Response response) throws WebRefusal {
        String method = request.getMethod();
        if (!HttpMethod.GET.is(method) && !HttpMethod.HEAD.is(method) && !HttpMethod.POST.is(method)) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD, POST");
            throw new WebRefusal(HttpStatus.METHOD_NOT_ALLOWED_405, "Use GET or POST.");
        }
        return HttpMethod.POST.is(method);
    }

    private static @Nullable String session(Request request) {
        return Request.getCookies(request).stream()
                .filter(cookie -> cookie.getName().equals(LoginScreen.COOKIE))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse(null);
    }

    private static WebReply mustLogIn(boolean isPost) {
        return isPost
                ? WebReply.text(HttpStatus.UNAUTHORIZED_401, "Log in first: the session has ended.")
                : WebReply.seeOther("/" + LOGIN, Map.of());
    }

    private Map<String, String> form(Request request, Viewer viewer) throws WebRefusal {
        HttpFields headers = request.getHeaders();
        boolean isOwn = HostCheck.isOwn(
                headers.get("Sec-Fetch-Site"), headers.get(HttpHeader.ORIGIN), headers.get(HttpHeader.HOST));
        if (!isOwn) {
            throw new WebRefusal(HttpStatus.FORBIDDEN_403, "The form was sent by a page of another site.");
        }
        Map<String, String> form = RequestReader.form(request);
        String header = headers.get(FormTokens.HEADER);
        String token = header == null ? form.getOrDefault(FormTokens.FIELD, "") : header;
        if (!rendering.forms().isValid(token, viewer)) {
            throw new WebRefusal(
                    HttpStatus.FORBIDDEN_403, "The form is too old, or not one of the console. Load its page again.");
        }
        return form;
    }

    private WebReply asset(Request request) {
        return rendering
                .assets()
                .at(request.getHttpURI().getPath())
                .orElseGet(() -> WebReply.text(HttpStatus.NOT_FOUND_404, "There is no such file."));
    }

    private WebReply notFound(Viewer viewer) {
        return rendering.problem(HttpStatus.NOT_FOUND_404, "Not found", "There is nothing at this address.", viewer);
    }

    private static boolean isEventStream(Request request) {
        return HttpMethod.GET.is(request.getMethod())
                && request.getHeaders().contains(HttpHeader.ACCEPT, "text/event-stream");
    }

    private void stream(Screen screen, WebRequest read, Response response, Callback callback) throws WebRefusal {
        if (streams.areTooMany()) {
            throw new WebRefusal(HttpStatus.SERVICE_UNAVAILABLE_503, "Too many pages are open.");
        }
        LiveSource source = screen.live(read)
                .orElseThrow(() -> new WebRefusal(HttpStatus.NOT_FOUND_404, "There is nothing live at this address."));
        streams.add(response, callback, source);
    }

    /** What is left of a body would be read as the next request. */
    private static void closeUnlessRead(Request request, Response response) {
        if (HttpMethod.POST.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
    }

    private static void write(Request request, Response response, Callback callback, WebReply reply) {
        HttpFields.Mutable headers = response.getHeaders();
        response.setStatus(reply.status());
        headers.put(HttpHeader.CONTENT_TYPE, reply.type());
        reply.headers().forEach((name, value) -> headers.put(name, value));
        headers.put(HttpHeader.VARY, "Accept-Encoding");
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        if (body.length > WORTH_COMPRESSING && request.getHeaders().contains(HttpHeader.ACCEPT_ENCODING, "gzip")) {
            body = compressed(body);
            headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
        }
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, HttpMethod.HEAD.is(request.getMethod()) ? null : ByteBuffer.wrap(body), callback);
    }

    private static byte[] compressed(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
