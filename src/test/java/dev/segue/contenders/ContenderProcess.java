// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.nio.file.Path;

/** One contender as a process, which ends with its standard input. */
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
                // Nothing is said to it.
            }
        } catch (Exception failure) {
            failure.printStackTrace(System.out);
        } finally {
            System.out.flush();
            // What a contender keeps running must not outlive the one that measures.
            Runtime.getRuntime().halt(1);
        }
    }
}
