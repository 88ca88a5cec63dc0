// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

/**
 * Definitions, schemas or options prevent the demo from starting; the message lists every problem and says how to mend
 * it.
 */
public final class CannotOpenShop extends Exception {
    private static final long serialVersionUID = 1L;

    CannotOpenShop(String message) {
        super(message);
    }

    CannotOpenShop(Exception problem) {
        super(problem.getMessage() == null ? problem.toString() : problem.getMessage(), problem);
    }
}
