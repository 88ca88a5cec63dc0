// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import dev.segue.config.DeliveryTarget.Mail;
import dev.segue.config.EndpointSettings;
import dev.segue.delivery.payload.PayloadFailure;
import dev.segue.delivery.payload.TextTemplate;
import dev.segue.event.TriggerDecision;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/** Sends letters as e-mail, each over a connection of its own. */
final class MailCourier implements Courier {
    private static final int PERMANENT = 500;

    private final EndpointSettings endpoint;
    private final Mail mail;
    private final Texts texts;
    private final Session session;
    private final InstantSource clock;
    private final ExecutorService threads;

    /** The templates of a message. */
    record Texts(TextTemplate to, TextTemplate subject, TextTemplate body) {}

    private MailCourier(
            EndpointSettings endpoint,
            Mail mail,
            Texts texts,
            Session session,
            InstantSource clock,
            ExecutorService threads) {
        this.endpoint = endpoint;
        this.mail = mail;
        this.texts = texts;
        this.session = session;
        this.clock = clock;
        this.threads = threads;
    }

    /** @param trusted the authorities to trust; null for those of Java */
    static MailCourier open(
            EndpointSettings endpoint, Mail mail, Texts texts, @Nullable KeyStore trusted, InstantSource clock) {
        ExecutorService threads = Executors.newFixedThreadPool(endpoint.concurrency(), task -> {
            Thread thread = new Thread(task, "segue-deliver-" + endpoint.name());
            thread.setDaemon(true);
            return thread;
        });
        return new MailCourier(
                endpoint, mail, texts, Session.getInstance(properties(endpoint, mail, trusted)), clock, threads);
    }

    private static Properties properties(EndpointSettings endpoint, Mail mail, @Nullable KeyStore trusted) {
        String patience = Long.toString(endpoint.timeout().toMillis());
        Properties properties = new Properties();
        properties.put("mail.smtp.host", mail.host());
        properties.put("mail.smtp.port", Integer.toString(mail.port()));
        properties.put("mail.smtp.connectiontimeout", patience);
        properties.put("mail.smtp.timeout", patience);
        properties.put("mail.smtp.writetimeout", patience);
        properties.put("mail.smtp.auth", Boolean.toString(mail.username() != null));
        boolean startTls = mail.security() == Mail.Security.STARTTLS;
        properties.put("mail.smtp.starttls.enable", Boolean.toString(startTls));
        properties.put("mail.smtp.starttls.required", Boolean.toString(startTls));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(mail.security() == Mail.Security.TLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        if (trusted != null) {
            properties.put("mail.smtp.ssl.socketFactory", sockets(trusted));
        }
        return properties;
    }

    private static SSLSocketFactory sockets(KeyStore trusted) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return tls.getSocketFactory();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("TLS cannot be set up", failure);
        }
    }

    /** A message before it is sent. */
    private record Prepared(String to, String subject, String body) {}

    private Prepared prepare(TriggerDecision decision) throws PayloadFailure {
        // A line break in a subject would begin another header.
        return new Prepared(
                texts.to().of(decision).strip(),
                texts.subject().of(decision).replaceAll("[\\p{Cntrl}]+", " "),
                texts.body().of(decision));
    }

    @Override
    public Map<String, Object> preview(TriggerDecision decision, String id) throws PayloadFailure {
        Prepared prepared = prepare(decision);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("to", mail.place());
        shown.put("headers", Map.of("To", prepared.to(), "Subject", prepared.subject()));
        shown.put("body", prepared.body());
        return shown;
    }

    @Override
    public CompletableFuture<Attempt> send(TriggerDecision decision, String id) {
        return CompletableFuture.supplyAsync(() -> attempt(decision, id), threads);
    }

    private Attempt attempt(TriggerDecision decision, String id) {
        try {
            MimeMessage message = message(prepare(decision), id);
            // Right before the connection, which uses what the JVM has just looked up.
            var unused = PublicAddress.of(mail.host(), endpoint.allowPrivate());
            try (Transport transport = session.getTransport("smtp")) {
                transport.connect(mail.username(), mail.password());
                transport.sendMessage(message, message.getAllRecipients());
            }
            return Attempt.delivered("accepted");
        } catch (PayloadFailure failure) {
            return Attempt.impossible("the message cannot be written: " + failure.getMessage());
        } catch (AddressException malformed) {
            return Attempt.impossible("the recipient's address is not one");
        } catch (MessagingException failure) {
            return refusal(failure);
        } catch (IOException failure) {
            return Attempt.failed(
                    failure instanceof PublicAddress.Refused
                            ? String.valueOf(failure.getMessage())
                            : "the host has no address");
        }
    }

    private MimeMessage message(Prepared prepared, String id) throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            /** Equal in each attempt, so that a repeated message can be recognised. */
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + id.replaceAll("[^A-Za-z0-9._-]", "-") + "@segue>");
            }
        };
        message.setFrom(new InternetAddress(mail.from(), true));
        Address[] to = {new InternetAddress(prepared.to(), true)};
        message.setRecipients(Message.RecipientType.TO, to);
        message.setSubject(prepared.subject(), "UTF-8");
        message.setText(prepared.body(), "UTF-8");
        message.setHeader(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
        return message;
    }

    /** The server's own words may quote the address, so only its code is shown. */
    private static Attempt refusal(MessagingException failure) {
        int code = code(failure);
        if (failure instanceof AuthenticationFailedException) {
            return Attempt.failed("the mail server does not accept the user name or password");
        }
        if (code >= PERMANENT) {
            return Attempt.impossible("the mail server refuses the message for good, with code " + code);
        }
        return Attempt.failed(
                code > 0
                        ? "the mail server refuses the message for now, with code " + code
                        : "the mail server cannot be reached, or the connection broke: "
                                + failure.getClass().getSimpleName());
    }

    private static int code(MessagingException failure) {
        for (Exception next = failure;
                next != null;
                next = next instanceof MessagingException chain ? chain.getNextException() : null) {
            if (next instanceof SMTPAddressFailedException address) {
                return address.getReturnCode();
            }
            if (next instanceof SMTPSendFailedException send
                    && !(send.getNextException() instanceof SMTPAddressFailedException)) {
                return send.getReturnCode();
            }
        }
        return 0;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
