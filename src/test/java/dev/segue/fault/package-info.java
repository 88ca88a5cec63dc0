// SPDX-License-Identifier: Apache-2.0
/**
 * Fault tests. Broker and processor run as processes of their own that are killed, frozen and cut off; {@link
 * dev.segue.fault.FaultStage} runs them, and {@link dev.segue.fault.Checker} compares their output with {@link
 * dev.segue.oracle.ReferenceAnswers}, which shares no code with the engine. docs/reliability.md has a line for every
 * fault.
 */
@NullMarked
package dev.segue.fault;

import org.jspecify.annotations.NullMarked;
