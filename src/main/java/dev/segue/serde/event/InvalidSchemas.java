// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import java.util.List;

/** Thrown with every problem of all event schemas, each naming its file. */
public final class InvalidSchemas extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidSchemas(List<String> problems) {
        super(String.join("\n", problems));
    }
}
