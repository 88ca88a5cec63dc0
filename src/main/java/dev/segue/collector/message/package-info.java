// SPDX-License-Identifier: Apache-2.0
/**
 * Messages of Segment's and RudderStack's trackers, and the events that they become. Start at {@link
 * dev.segue.collector.message.BatchReader} and {@link dev.segue.collector.message.MessageMapper}.
 */
@NullMarked
package dev.segue.collector.message;

import org.jspecify.annotations.NullMarked;
