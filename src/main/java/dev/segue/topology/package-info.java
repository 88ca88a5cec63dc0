// SPDX-License-Identifier: Apache-2.0
/**
 * The stream topology: sources, processors, stores and sinks, with every name in one place. {@link
 * dev.segue.topology.SegueTopology} builds it; the conductor writes ticks into the log and the {@link
 * dev.segue.topology.Segmenter} turns events and ticks into segment changes. Each store belongs to the processor that
 * adds it.
 */
@NullMarked
package dev.segue.topology;

import org.jspecify.annotations.NullMarked;
