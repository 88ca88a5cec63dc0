/**
 * Runs a plan over files, without Kafka: reads canonical JSON lines, or foreign CSV and JSON lines through a mapping,
 * and gives the same changes as the topology would. Start at {@link dev.segue.replay.Replay}; {@link
 * dev.segue.replay.EventFiles} opens files and {@link dev.segue.replay.MappingReader} reads mappings.
 */
@NullMarked
package dev.segue.replay;

import org.jspecify.annotations.NullMarked;
