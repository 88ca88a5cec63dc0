// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

/** Something that reads the topic of events from its beginning. Made by name, in a process of its own. */
public interface Contender {
    /** Starts and returns; the process ends without asking. */
    void start(Job job) throws Exception;
}
