// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.settings;

import dev.segue.config.DeliverySettings;
import dev.segue.config.DeliveryTarget;
import dev.segue.config.DeliveryTarget.Mail;
import dev.segue.config.DeliveryTarget.Template;
import dev.segue.config.DeliveryTarget.Webhook;
import dev.segue.config.EndpointSettings;
import dev.segue.config.SendRate;
import dev.segue.config.SourceWord;
import dev.segue.event.TriggerDecision;
import dev.segue.yaml.YamlMap;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the settings section {@code delivery}. Files that it names are not read here, but where they are used. */
final class DeliverySettingsReader {
    private static final Map<String, Boolean> SWITCH = Map.of("true", true, "false", false);
    private static final Map<String, String> KINDS = Map.of("webhook", "webhook", "smtp", "smtp");
    private static final Map<String, Mail.Security> SECURITY =
            Map.of("starttls", Mail.Security.STARTTLS, "tls", Mail.Security.TLS, "none", Mail.Security.NONE);
    private static final Map<String, EndpointSettings.Start> STARTS =
            Map.of("earliest", EndpointSettings.Start.EARLIEST, "latest", EndpointSettings.Start.LATEST);
    private static final Map<String, TriggerDecision.Kind> DECISIONS = Arrays.stream(TriggerDecision.Kind.values())
            .collect(Collectors.toMap(TriggerDecision.Kind::name, Function.identity()));
    private static final int SUBMISSION = 587;

    private DeliverySettingsReader() {}

    static DeliverySettings read(SettingsSection yaml, DeliverySettings usual) {
        var retries = yaml.durations("retries", usual.retries());
        int waiting = yaml.number("waiting_mib", usual.waitingMebibytes());
        int parked = yaml.number("most_parked", usual.mostParked());
        SettingsSection named = yaml.section("endpoints");
        List<EndpointSettings> endpoints = new ArrayList<>();
        for (String name : named.keys()) {
            EndpointSettings endpoint = endpoint(name, named.section(name));
            if (endpoint != null) {
                endpoints.add(endpoint);
            }
        }
        yaml.refuseUnknown();
        return yaml.build(() -> new DeliverySettings(retries, waiting, parked, endpoints), usual);
    }

    private static @Nullable EndpointSettings endpoint(String name, SettingsSection yaml) {
        String kind = yaml.choice("kind", KINDS, "");
        Set<String> channels = Set.copyOf(yaml.texts("channels", List.of()));
        Set<TriggerDecision.Kind> decisions = decisions(yaml);
        SendRate rate = yaml.rate("rate", SendRate.usual());
        int concurrency = yaml.number("concurrency", EndpointSettings.CONCURRENCY);
        var timeout = yaml.duration("timeout", EndpointSettings.TIMEOUT);
        boolean allowPrivate = yaml.choice("allow_private", SWITCH, false);
        EndpointSettings.Start start = yaml.choice("start", STARTS, EndpointSettings.Start.EARLIEST);
        if (kind.isEmpty()) {
            if (yaml.optionalText("kind") == null) {
                yaml.problem("kind", "is missing: write webhook or smtp");
            }
            // Without its kind, which of its other keys are known cannot be said.
            return null;
        }
        DeliveryTarget target =
                kind.equals("smtp") ? mail(name, yaml, allowPrivate) : webhook(name, yaml, allowPrivate);
        yaml.refuseUnknown();
        EndpointSettings read = yaml.<@Nullable EndpointSettings>build(
                () -> new EndpointSettings(
                        name,
                        channels,
                        decisions,
                        rate,
                        concurrency,
                        timeout,
                        allowPrivate,
                        start,
                        target == null ? unreadable() : target),
                null);
        return target == null ? null : read;
    }

    /** Stands in for a target with problems, so that the endpoint's other settings are checked all the same. */
    private static DeliveryTarget unreadable() {
        SourceWord none = new SourceWord("", "", 1, 1, "");
        return new Webhook(
                URI.create("https://unreadable.invalid"), List.of(), Map.of(), new Template(none, false), null, false);
    }

    private static Set<TriggerDecision.Kind> decisions(SettingsSection yaml) {
        Set<TriggerDecision.Kind> decisions = EnumSet.noneOf(TriggerDecision.Kind.class);
        for (String word : yaml.texts("decisions", List.of(TriggerDecision.Kind.SEND.name()))) {
            TriggerDecision.Kind kind = DECISIONS.get(word);
            if (kind == null) {
                yaml.problem("decisions", "holds an unknown kind: " + YamlMap.notOneOf(word, DECISIONS.keySet()));
            } else {
                decisions.add(kind);
            }
        }
        return decisions.isEmpty() ? EnumSet.of(TriggerDecision.Kind.SEND) : decisions;
    }

    private static @Nullable DeliveryTarget webhook(String name, SettingsSection yaml, boolean allowPrivate) {
        String given = yaml.optionalText("url");
        URI url = yaml.address("url");
        List<SourceWord> secrets = yaml.words("secrets");
        Map<String, String> headers = yaml.section("headers").all();
        Template payload = template(yaml, "payload", "standard");
        SourceWord authorities = yaml.optionalWord("ca_file");
        boolean follow = yaml.choice("follow_redirects", SWITCH, false);
        if (url == null) {
            if (given == null || given.isBlank()) {
                yaml.problem("url", "is missing: write an address such as https://crm.example/hooks/segue");
            }
            return null;
        }
        Webhook webhook = new Webhook(url, secrets, headers, payload, authorities, follow);
        return report(yaml, webhook.problems(path(name), allowPrivate)) ? null : webhook;
    }

    private static @Nullable DeliveryTarget mail(String name, SettingsSection yaml, boolean allowPrivate) {
        Mail mail = new Mail(
                yaml.text("host", ""),
                yaml.number("port", SUBMISSION),
                yaml.choice("security", SECURITY, Mail.Security.STARTTLS),
                yaml.optionalText("username"),
                yaml.optionalText("password"),
                yaml.text("from", ""),
                template(yaml, "to", Mail.TO),
                template(yaml, "subject", ""),
                template(yaml, "body", ""),
                yaml.optionalWord("ca_file"));
        boolean bad = report(yaml, mail.problems(path(name), allowPrivate));
        for (String key : List.of("subject", "body")) {
            if (yaml.optionalText(key) == null && yaml.optionalText(key + "_file") == null) {
                yaml.problem(key, "is missing: write it, or name a file with " + key + "_file");
                bad = true;
            }
        }
        return bad ? null : mail;
    }

    private static String path(String name) {
        return "delivery.endpoints." + name;
    }

    private static boolean report(SettingsSection yaml, List<String> problems) {
        problems.forEach(yaml::refuse);
        return !problems.isEmpty();
    }

    /** The text under a key, or that of the file under {@code <key>_file}. */
    private static Template template(SettingsSection yaml, String key, String usual) {
        SourceWord text = yaml.optionalWord(key);
        SourceWord file = yaml.optionalWord(key + "_file");
        if (text != null && file != null) {
            yaml.problem(key + "_file", "says the same as " + key + ": keep one of them");
        }
        if (file != null) {
            return new Template(file, true);
        }
        return new Template(text == null ? new SourceWord(usual, "", 1, 1, "") : text, false);
    }
}
