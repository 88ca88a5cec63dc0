// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import dev.segue.config.ConsoleSettings;
import dev.segue.runtime.cluster.CannotStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is logged in, by a cookie. Without a file of tokens, everybody is an operator. */
final class Logins {
    private static final Duration IDLE = Duration.ofHours(8);
    private static final int MOST_SESSIONS = 10_000;
    private static final int SHORTEST = 16;
    private static final int LONGEST = 200;
    private static final int BYTES = 32;

    private final @Nullable List<Login> logins;
    private final SecureRandom random = new SecureRandom();
    private final Cache<String, Role> sessions = CacheBuilder.newBuilder()
            .expireAfterAccess(IDLE)
            .maximumSize(MOST_SESSIONS)
            .build();

    private record Login(Role role, HashCode hash) {}

    /** @throws CannotStart if the file of tokens cannot be used; the message does not show tokens */
    Logins(ConsoleSettings settings) {
        Path file = settings.tokensFile();
        logins = file == null ? null : read(file);
    }

    boolean isNeeded() {
        return logins != null;
    }

    private static List<Login> read(Path file) {
        List<Login> logins = new ArrayList<>();
        try {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    logins.add(login(file, number, line.strip()));
                }
            }
        } catch (IOException unreadable) {
            throw new CannotStart(
                    "The file '" + file + "' of console.tokens_file cannot be read: " + unreadable.getMessage(),
                    unreadable);
        }
        if (logins.isEmpty()) {
            throw new CannotStart("The file '" + file + "' of console.tokens_file has no login. Write a line such as"
                    + " viewer:TOKEN, with a long random token.");
        }
        return List.copyOf(logins);
    }

    private static Login login(Path file, int number, String line) {
        int colon = line.indexOf(':');
        String word = colon < 0 ? "" : line.substring(0, colon).strip();
        String token = line.substring(colon + 1).strip();
        for (Role role : Role.values()) {
            if (role.label().equals(word.toLowerCase(Locale.ROOT))) {
                if (token.length() < SHORTEST || token.length() > LONGEST) {
                    throw new CannotStart("Line " + number + " of '" + file + "' has a token of " + token.length()
                            + " characters; it must have " + SHORTEST + " to " + LONGEST + ".");
                }
                return new Login(role, hash(token));
            }
        }
        throw new CannotStart("Line " + number + " of '" + file
                + "' must begin with viewer:, editor: or operator:, followed by a token.");
    }

    /** Comparing two hashes takes the same time for every token. */
    private static HashCode hash(String text) {
        return Hashing.sha256().hashString(text, StandardCharsets.UTF_8);
    }

    /** @param session the value of the cookie; null if there is none */
    Optional<Viewer> viewer(@Nullable String session) {
        if (logins == null) {
            return Optional.of(Viewer.ANYBODY);
        }
        Role role = session == null ? null : sessions.getIfPresent(session);
        return role == null ? Optional.empty() : Optional.of(new Viewer(role, String.valueOf(session), true));
    }

    /** Returns a new session; empty if there is no such token. */
    Optional<String> logIn(String token) {
        Role found = null;
        HashCode hash = hash(token);
        for (Login login : logins == null ? List.<Login>of() : logins) {
            if (login.hash().equals(hash)) {
                found = login.role();
            }
        }
        if (found == null) {
            return Optional.empty();
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String session = BaseEncoding.base16().lowerCase().encode(bytes);
        sessions.put(session, found);
        return Optional.of(session);
    }

    void logOut(String session) {
        sessions.invalidate(session);
    }
}
