// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.definition.InvalidDefinitions;

/** This instance cannot read a set that the cluster evaluates: it lacks an event schema, or its version is older. */
public final class ForeignSet extends RuntimeException {
    private static final long serialVersionUID = 1;

    ForeignSet(long revision, InvalidDefinitions invalid) {
        super(
                "this instance cannot read the definitions of revision " + revision
                        + ", which the others evaluate: " + invalid.getMessage()
                        + ". Give it the same event schemas and the same version of Segue.",
                invalid);
    }
}
