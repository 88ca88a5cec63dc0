// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.story.TestCertificate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/** A broker that accepts TLS only, requires passwords, and denies everything that was not granted. */
final class SecureBroker implements AutoCloseable {
    static final String USER = "segue";

    private static final String ADMINISTRATOR = "administrator-of-the-test";
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " username=\"admin\" password=\"" + ADMINISTRATOR + "\"";

    private final Path certificate;
    private final EmbeddedBroker broker;
    private final Admin admin;

    /** @param password of the user, who has no permissions yet */
    SecureBroker(Path directory, String password) throws Exception {
        certificate = TestCertificate.of(directory, "broker");
        broker = EmbeddedBroker.start(
                0,
                directory.resolve("broker"),
                Map.ofEntries(
                        Map.entry("listener.security.protocol.map", "BROKER:SASL_SSL,CONTROLLER:PLAINTEXT"),
                        Map.entry(
                                "ssl.keystore.location",
                                directory.resolve("broker.p12").toString()),
                        Map.entry("ssl.keystore.password", TestCertificate.KEYSTORE_PASSWORD),
                        Map.entry("ssl.truststore.type", "PEM"),
                        Map.entry("ssl.truststore.location", certificate.toString()),
                        Map.entry("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512"),
                        Map.entry("sasl.mechanism.inter.broker.protocol", "PLAIN"),
                        Map.entry(
                                "listener.name.broker.plain.sasl.jaas.config",
                                PLAIN + " user_admin=\"" + ADMINISTRATOR + "\";"),
                        Map.entry(
                                "listener.name.broker.scram-sha-512.sasl.jaas.config",
                                "org.apache.kafka.common.security.scram.ScramLoginModule required;"),
                        Map.entry("authorizer.class.name", RecordingAuthorizer.class.getName()),
                        // The controller's listener does not authenticate.
                        Map.entry("super.users", "User:admin;User:ANONYMOUS")));
        admin = Admin.create(administrator());
        ScramCredentialInfo hashing = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(USER, hashing, password)))
                .all()
                .get();
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** The certificate to trust. */
    Path certificate() {
        return certificate;
    }

    /** A client with all permissions. */
    Admin admin() {
        return admin;
    }

    /** The properties of a client with all permissions. */
    Map<String, Object> administrator() {
        return Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "security.protocol",
                "SASL_SSL",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                certificate.toString(),
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                PLAIN + ";");
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}
