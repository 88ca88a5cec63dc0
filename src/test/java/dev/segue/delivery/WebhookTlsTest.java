// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.segue.config.DeliveryTarget.Webhook;
import dev.segue.config.EndpointSettings;
import dev.segue.config.SendRate;
import dev.segue.delivery.payload.Payload;
import dev.segue.event.TriggerDecision;
import dev.segue.story.TestCertificate;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks by HTTPS: only to a service whose certificate is trusted, and is that of its address. */
class WebhookTlsTest {
    private static final TriggerDecision SEND = Decisions.send("ann", "a-1").decision();

    @TempDir
    Path directory;

    private final AtomicInteger arrived = new AtomicInteger();
    private HttpsServer server;
    private Path certificate;

    @BeforeEach
    void open() throws Exception {
        certificate = TestCertificate.of(directory, "service");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(directory.resolve("service.p12"))));
        server.createContext("/hooks", exchange -> {
            arrived.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private static SSLContext context(Path keystore) throws Exception {
        char[] password = TestCertificate.KEYSTORE_PASSWORD.toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            store.load(in, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private Attempt attempt(String host, @Nullable KeyStore trusted) throws Exception {
        Webhook webhook = new Webhook(
                URI.create("https://" + host + ":" + server.getAddress().getPort() + "/hooks"),
                List.of(),
                Map.of(),
                DeliveryStage.standard(),
                null,
                false);
        EndpointSettings endpoint = new EndpointSettings(
                "crm",
                Set.of("email"),
                Set.of(TriggerDecision.Kind.SEND),
                SendRate.usual(),
                1,
                Duration.ofSeconds(20),
                true,
                EndpointSettings.Start.EARLIEST,
                webhook);
        try (WebhookCourier courier = WebhookCourier.open(
                endpoint, webhook, List.of(), Payload.read("standard"), trusted, () -> Decisions.AT)) {
            return courier.send(SEND, "a-1").get(30, TimeUnit.SECONDS);
        }
    }

    private void refuses(Attempt attempt) {
        assertThat(attempt.result()).isEqualTo(Attempt.Result.FAILED);
        assertThat(attempt.reason()).startsWith("no trusted TLS connection: ");
        assertThat(arrived).as("nothing may be sent before").hasValue(0);
    }

    @Test
    void sendsToServiceWhoseAuthorityIsTrusted() throws Exception {
        assertThat(attempt("127.0.0.1", Certificates.read(certificate))).isEqualTo(Attempt.delivered("status 204"));
        assertThat(arrived).hasValue(1);
    }

    @Test
    void javasOwnAuthoritiesDoNotKnowIt() throws Exception {
        refuses(attempt("127.0.0.1", null));
    }

    @Test
    void anotherAuthorityIsNotEnough() throws Exception {
        refuses(attempt("127.0.0.1", Certificates.read(TestCertificate.of(directory, "stranger"))));
    }

    @Test
    void certificateMustBeThatOfTheAddress() throws Exception {
        refuses(attempt("localhost", Certificates.read(certificate)));
    }
}
