// SPDX-License-Identifier: Apache-2.0
package dev.segue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes keys and certificates for servers on this machine, with Java's own tool. */
public final class TestCertificate {
    /** The password of every key store. */
    public static final String KEYSTORE_PASSWORD = "keystore-of-the-test";

    private TestCertificate() {}

    /** Creates a key for 127.0.0.1 in NAME.p12, and exports its certificate. */
    public static Path of(Path directory, String name) throws Exception {
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
}
