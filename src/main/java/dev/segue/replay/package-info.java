// SPDX-License-Identifier: Apache-2.0
/**
 * Runs a plan over files, without Kafka: reads canonical JSON, or foreign CSV and JSON through a mapping, sorts it by
 * time, and returns the same changes as the topology would. Start at {@link dev.segue.replay.Replay}; {@link
 * dev.segue.replay.EventFiles} opens files.
 */
@NullMarked
package dev.segue.replay;

import org.jspecify.annotations.NullMarked;
