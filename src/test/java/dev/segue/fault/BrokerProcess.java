package dev.segue.fault;

import dev.segue.demo.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;

/** A broker as a process of its own, which ends with its standard input. */
public final class BrokerProcess {
    /** What it prints once it takes requests. */
    public static final String UP = "broker is up";

    private BrokerProcess() {}

    /** @param arguments the port, the port that clients are told, and the directory */
    public static void main(String[] arguments) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(
                Integer.parseInt(arguments[0]),
                Path.of(arguments[2]),
                Map.of("advertised.listeners", "BROKER://127.0.0.1:" + arguments[1]))) {
            System.out.println(UP + " at " + broker.bootstrapServers());
            while (System.in.read() >= 0) {
                // Nothing is said to it.
            }
        }
        System.exit(0);
    }
}
