// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import dev.segue.definition.DefinitionSet;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.serde.output.DefinitionLog;
import java.util.function.Function;

/** Where sets of definitions are published. */
interface Publications {
    /** @throws CannotStart if they cannot be read */
    DefinitionLog read();

    /**
     * Publishes a set, unless another was published since the caller looked.
     *
     * @param after the latest revision that the caller knows
     * @param next returns the set with the next revision
     * @throws CannotStart if another set was published meanwhile, or the set cannot be written
     */
    DefinitionSet publish(long after, Function<DefinitionLog, DefinitionSet> next);
}
