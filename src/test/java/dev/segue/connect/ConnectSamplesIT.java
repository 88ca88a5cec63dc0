// SPDX-License-Identifier: Apache-2.0
package dev.segue.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in docs/connect.md, against a broker, a processor and the demo's registry. */
class ConnectSamplesIT {
    /** The one of the PATH may be another one than that of the system's packages. */
    private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

    /** Where .ci/run installs packages that the system does not have. */
    private static final Map<String, String> PACKAGES =
            Map.of("PYTHONPATH", Path.of("target", "python").toAbsolutePath().toString());

    private static final Map<String, Object> TENT =
            Map.of("product_id", "tent", "price", "249.00", "quantity", 1, "cart_id", "c1");

    @TempDir
    static Path directory;

    private static ClientStage stage;

    @BeforeAll
    static void actsOfCustomers() throws Exception {
        stage = new ClientStage(directory);
        stage.send("ann|x", "product_added", TENT);
        stage.send("dan", "product_added", TENT);
        stage.send("dan", "order_completed", Map.of("order_id", "o1", "total", "249.00"));
        stage.send("eve", "product_added", TENT);
        stage.send("eve", "customer_erased", Map.of());
        stage.repeatFirstChange();
        stage.abortChangeOf("ghost");
        stage.send("zoe", "product_added", TENT);
    }

    @AfterAll
    static void stop() {
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void nodeReads() throws Exception {
        Path modules = NodeClients.install();
        Path sample = DocSample.write("Reading in Node", stage.addresses(), modules.resolve("read.js"));
        reads(List.of("node", sample.toString()), Map.of("KAFKAJS_NO_PARTITIONER_WARNING", "1"), "1 x tent at 249");
    }

    @Test
    void pythonReads() throws Exception {
        String python = python();
        Path sample = DocSample.write("Reading in Python", stage.addresses(), directory.resolve("read.py"));
        reads(List.of(python, sample.toString()), PACKAGES, "1 x tent at 249.0000");
    }

    @Test
    void javaReads() throws Exception {
        Path sample = DocSample.write("Reading in Java", stage.addresses(), directory.resolve("ReadOutputs.java"));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                sample.toString());
        reads(command, Map.of(), "1.0 x tent at 249.0000");
    }

    @Test
    void nodeSends() throws Exception {
        Path modules = NodeClients.install();
        Path sample = DocSample.write("Sending in Node", stage.addresses(), modules.resolve("send.js"));
        sends(List.of("node", sample.toString()), Map.of(), "ann", "tent at 249.0000");
    }

    @Test
    void pythonSends() throws Exception {
        String python = python();
        Path sample = DocSample.write("Sending in Python", stage.addresses(), directory.resolve("send.py"));
        sends(List.of(python, sample.toString()), PACKAGES, "ben", "stove at 59.9000");
    }

    private static String python() throws Exception {
        for (String python : PYTHONS) {
            if (ClientProcess.succeeds(
                    directory, PACKAGES, python, "-c", "import confluent_kafka, requests, fastavro")) {
                return python;
            }
        }
        return abort("no Python has confluent_kafka with fastavro: the samples in Python are not tested");
    }

    private static void reads(List<String> command, Map<String, String> environment, String cart) throws Exception {
        try (ClientProcess client = ClientProcess.start(Path.of("."), environment, command)) {
            // Clients read the topics in any order.
            for (String last : List.of("ENTERED ann|x", "EXITED dan", "EXITED eve", "ENTERED zoe")) {
                client.awaitText(last + " cart-holder ");
            }
            List<String> printed =
                    client.awaitLines(List.of("IN zoe cart-holder", "PROFILE zoe cart-holder " + cart, "ERASED eve"));
            List<String> changes = printed.stream()
                    .filter(line -> line.matches("(ENTERED|EXITED|UPDATED) .*"))
                    .toList();
            assertThat(changes)
                    .allMatch(line -> line.matches(".* \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z"));
            assertThat(changes)
                    .extracting(line -> line.substring(0, line.lastIndexOf(' ')))
                    .filteredOn(line -> line.matches(".* (ann\\|x|dan|eve|ghost|zoe) .*"))
                    .containsExactly(
                            "ENTERED ann|x cart-holder",
                            "ENTERED dan cart-holder",
                            "EXITED dan cart-holder",
                            "ENTERED eve cart-holder",
                            "EXITED eve cart-holder",
                            "ENTERED zoe cart-holder");
            assertThat(printed)
                    .contains(
                            "IN ann|x cart-holder",
                            "IN dan cart-holder",
                            "OUT dan cart-holder",
                            "OUT eve cart-holder",
                            "PROFILE ann|x cart-holder " + cart)
                    .doesNotContain("OUT zoe cart-holder");
        }
    }

    private static void sends(List<String> command, Map<String, String> environment, String customer, String line)
            throws Exception {
        try (ClientProcess client = ClientProcess.start(Path.of("."), environment, command)) {
            client.awaitSuccess();
        }
        List<String> reader = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        Path sample = directory.resolve("sent-by-" + customer).resolve("ReadOutputs.java");
        Files.createDirectories(sample.getParent());
        Map<String, String> addresses = new HashMap<>(stage.addresses());
        addresses.put("newsletter-java", "reader-of-" + customer);
        reader.add(DocSample.write("Reading in Java", addresses, sample).toString());
        try (ClientProcess client = ClientProcess.start(Path.of("."), Map.of(), reader)) {
            client.awaitLines(List.of("PROFILE " + customer + " cart-holder 1.0 x " + line));
        }
    }
}
