// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.topology.DeadLetter;
import java.util.List;

/** Maps messages among the dead letters again, after the mapping was corrected. */
public interface LetterMapping {
    /**
     * The events of a letter that has a {@link DeadLetter#sender}.
     *
     * @throws BadRecord if it still cannot be mapped
     */
    List<Event> events(DeadLetter letter) throws BadRecord;
}
