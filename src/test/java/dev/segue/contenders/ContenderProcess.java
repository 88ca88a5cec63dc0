// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.nio.file.Path;

/** Runs one contender as a process, which ends with its standard input. */
public final class ContenderProcess {
    private ContenderProcess() {}

    /** @param arguments the contender's class, and the file of its job */
    public static void main(String[] arguments) throws Exception {
        try {
            Contender contender = Class.forName(arguments[0])
                    .asSubclass(Contender.class)
                    .getDeclaredConstructor()
                    .newInstance();
            contender.start(Job.read(Path.of(arguments[1])));
            while (System.in.read() >= 0) {
                // The input is only read to its end.
            }
        } catch (Exception failure) {
            failure.printStackTrace(System.out);
        } finally {
            System.out.flush();
            // Threads of the contender must not outlive the benchmark.
            Runtime.getRuntime().halt(1);
        }
    }
}
