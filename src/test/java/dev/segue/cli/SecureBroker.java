// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.demo.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private static final String KEYSTORE_PASSWORD = "keystore-of-the-test";
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " username=\"admin\" password=\"" + ADMINISTRATOR + "\"";

    private final Path certificate;
    private final EmbeddedBroker broker;
    private final Admin admin;

    /** @param password of the user, who has no permissions yet */
    SecureBroker(Path directory, String password) throws Exception {
        certificate = certificate(directory, "broker");
        broker = EmbeddedBroker.start(
                0,
                directory.resolve("broker"),
                Map.ofEntries(
                        Map.entry("listener.security.protocol.map", "BROKER:SASL_SSL,CONTROLLER:PLAINTEXT"),
                        Map.entry(
                                "ssl.keystore.location",
                                directory.resolve("broker.p12").toString()),
                        Map.entry("ssl.keystore.password", KEYSTORE_PASSWORD),
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

    /** Creates a key for 127.0.0.1 in NAME.p12, and exports its certificate. */
    static Path certificate(Path directory, String name) throws Exception {
        String keystore = directory.resolve(name + ".p12").toString();
        Path certificate = directory.resolve(name + ".pem");
        List<String> common =
                List.of("-keystore", keystore, "-storetype", "PKCS12", "-storepass", KEYSTORE_PASSWORD, "-alias", name);
        keytool(
                common,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2");
        keytool(common, "-exportcert", "-rfc", "-file", certificate.toString());
        return certificate;
    }

    private static void keytool(List<String> common, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(common);
        Path said = Files.createTempFile("keytool", ".txt");
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        assertThat(code).as(() -> read(said)).isZero();
        Files.delete(said);
    }

    private static String read(Path said) {
        try {
            return Files.readString(said, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}
