// SPDX-License-Identifier: Apache-2.0
/** Turns rows of foreign files into events by mappings. Start at {@link dev.segue.replay.mapping.MappingReader}. */
@NullMarked
package dev.segue.replay.mapping;

import org.jspecify.annotations.NullMarked;
