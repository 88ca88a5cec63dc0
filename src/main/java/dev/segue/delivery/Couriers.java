// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import dev.segue.config.DeliveryTarget;
import dev.segue.config.DeliveryTarget.Mail;
import dev.segue.config.DeliveryTarget.Template;
import dev.segue.config.DeliveryTarget.Webhook;
import dev.segue.config.EndpointSettings;
import dev.segue.config.Settings;
import dev.segue.config.SourceWord;
import dev.segue.delivery.payload.InvalidTemplate;
import dev.segue.delivery.payload.Payload;
import dev.segue.delivery.payload.TextTemplate;
import dev.segue.runtime.settings.InvalidSettings;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes couriers from settings: reads the files and compiles the templates that they name. For one thread. */
final class Couriers {
    private final List<String> problems = new ArrayList<>();
    private final InstantSource clock;

    private Couriers(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The courier of each endpoint; the caller closes them.
     *
     * @throws InvalidSettings with every problem of all endpoints, each with its place; never with a secret
     */
    static Map<EndpointSettings, Courier> open(Settings settings, InstantSource clock) throws InvalidSettings {
        Couriers couriers = new Couriers(clock);
        Map<EndpointSettings, Supplier<Courier>> ready = new LinkedHashMap<>();
        if (settings.delivery().endpoints().isEmpty()) {
            couriers.problems.add("There is no endpoint to deliver to: add one under 'delivery.endpoints'.");
        }
        for (EndpointSettings endpoint : settings.delivery().endpoints()) {
            couriers.prepare(endpoint).ifPresent(courier -> ready.put(endpoint, courier));
        }
        if (!couriers.problems.isEmpty()) {
            throw new InvalidSettings(couriers.problems);
        }
        Map<EndpointSettings, Courier> opened = new LinkedHashMap<>();
        ready.forEach((endpoint, courier) -> opened.put(endpoint, courier.get()));
        return opened;
    }

    private Optional<Supplier<Courier>> prepare(EndpointSettings endpoint) {
        int before = problems.size();
        DeliveryTarget target = endpoint.target();
        Supplier<Courier> courier =
                target instanceof Mail mail ? mail(endpoint, mail) : webhook(endpoint, (Webhook) target);
        return problems.size() == before ? Optional.of(courier) : Optional.empty();
    }

    private Supplier<Courier> webhook(EndpointSettings endpoint, Webhook webhook) {
        String path = "delivery.endpoints." + endpoint.name();
        List<WebhookSecret> secrets = new ArrayList<>();
        for (SourceWord file : webhook.secrets()) {
            content(path + ".secrets", file).ifPresent(text -> {
                try {
                    secrets.add(WebhookSecret.read(text));
                } catch (IllegalArgumentException invalid) {
                    problem(file, path + ".secrets: the secret in '" + file.text() + "' " + invalid.getMessage());
                }
            });
        }
        KeyStore trusted = authorities(path, webhook.authorities());
        Payload payload =
                compile(path + ".payload", webhook.payload(), Payload::read).orElse(decision -> "");
        return () -> WebhookCourier.open(endpoint, webhook, secrets, payload, trusted, clock);
    }

    private Supplier<Courier> mail(EndpointSettings endpoint, Mail mail) {
        String path = "delivery.endpoints." + endpoint.name();
        KeyStore trusted = authorities(path, mail.authorities());
        Optional<TextTemplate> to = compile(path + ".to", mail.to(), TextTemplate::read);
        Optional<TextTemplate> subject = compile(path + ".subject", mail.subject(), TextTemplate::read);
        Optional<TextTemplate> body = compile(path + ".body", mail.body(), TextTemplate::read);
        return () -> MailCourier.open(
                endpoint,
                mail,
                new MailCourier.Texts(to.orElseThrow(), subject.orElseThrow(), body.orElseThrow()),
                trusted,
                clock);
    }

    private @Nullable KeyStore authorities(String path, @Nullable SourceWord file) {
        if (file == null) {
            return null;
        }
        try {
            return Certificates.read(Path.of(file.text()));
        } catch (IOException | InvalidPathException unreadable) {
            problem(file, path + ".ca_file: the file '" + file.text() + "' " + reason(unreadable));
            return null;
        }
    }

    private interface Compiler<T> {
        T read(String text) throws InvalidTemplate;
    }

    private <T> Optional<T> compile(String path, Template template, Compiler<T> compiler) {
        Optional<String> text = template.isFile()
                ? content(path + "_file", template.word())
                : Optional.of(template.word().text());
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(compiler.read(text.get()));
        } catch (InvalidTemplate invalid) {
            String inside = position(text.get(), invalid.offset());
            if (template.isFile()) {
                problems.add(template.word().text() + ":"
                        + inside.replace("line ", "").replace(", column ", ":") + ": " + invalid.getMessage());
            } else {
                problem(template.word(), path + ", " + inside + ": " + invalid.getMessage());
            }
            return Optional.empty();
        }
    }

    /** Where an offset is in a text, for people. */
    private static String position(String text, int offset) {
        String before = text.substring(0, offset);
        long line = before.chars().filter(character -> character == '\n').count() + 1;
        int column = offset - before.lastIndexOf('\n');
        return "line " + line + ", column " + column;
    }

    private Optional<String> content(String path, SourceWord file) {
        try {
            return Optional.of(Files.readString(Path.of(file.text())));
        } catch (IOException | InvalidPathException unreadable) {
            problem(file, path + ": the file '" + file.text() + "' " + reason(unreadable));
            return Optional.empty();
        }
    }

    private static String reason(Exception unreadable) {
        if (unreadable instanceof NoSuchFileException) {
            return "does not exist";
        }
        if (unreadable instanceof CharacterCodingException) {
            return "is not UTF-8 text";
        }
        return unreadable.getClass() == IOException.class ? String.valueOf(unreadable.getMessage()) : "cannot be read";
    }

    private void problem(SourceWord word, String message) {
        problems.add(word.place() + ": " + message);
    }
}
