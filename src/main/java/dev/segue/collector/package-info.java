// SPDX-License-Identifier: Apache-2.0
/**
 * Takes messages of Segment's and RudderStack's trackers over HTTP and writes them to Kafka as events. Start at {@link
 * dev.segue.collector.Collector}; {@link dev.segue.collector.Intake} decides what becomes of a request.
 */
@NullMarked
package dev.segue.collector;

import org.jspecify.annotations.NullMarked;
