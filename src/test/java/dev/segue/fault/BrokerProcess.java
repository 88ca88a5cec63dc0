// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import dev.segue.demo.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A broker as a process of its own, which ends with its standard input. */
public final class BrokerProcess {
    /** Printed once the broker accepts requests. */
    public static final String UP = "broker is up";

    private BrokerProcess() {}

    /**
     * @param arguments the port, the port that clients are told to use, the directory, and further settings: {@code
     *     name=value}
     */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("advertised.listeners", "BROKER://127.0.0.1:" + arguments[1]);
        for (String further : Arrays.asList(arguments).subList(3, arguments.length)) {
            settings.put(further.substring(0, further.indexOf('=')), further.substring(further.indexOf('=') + 1));
        }
        try (EmbeddedBroker broker =
                EmbeddedBroker.start(Integer.parseInt(arguments[0]), Path.of(arguments[2]), settings)) {
            System.out.println(UP + " at " + broker.bootstrapServers());
            while (System.in.read() >= 0) {
                // The input is only read to its end.
            }
        }
        System.exit(0);
    }
}
