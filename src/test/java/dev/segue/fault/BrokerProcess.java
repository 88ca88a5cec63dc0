package dev.segue.fault;

import dev.segue.demo.EmbeddedBroker;
import java.nio.file.Path;

/** A broker as a process of its own, which ends with its standard input. */
public final class BrokerProcess {
    /** What it prints once it takes requests. */
    public static final String UP = "broker is up";

    private BrokerProcess() {}

    /** @param arguments port and directory */
    public static void main(String[] arguments) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(Integer.parseInt(arguments[0]), Path.of(arguments[1]))) {
            System.out.println(UP + " at " + broker.bootstrapServers());
            while (System.in.read() >= 0) {
                // Nothing is said to it.
            }
        }
        System.exit(0);
    }
}
