// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

/** A program that reads the topic of events from its beginning. Created by its class name, in a process of its own. */
public interface Contender {
    /** Starts and returns; the process may be killed at any time. */
    void start(Job job) throws Exception;
}
