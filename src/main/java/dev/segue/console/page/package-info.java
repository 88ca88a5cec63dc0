// SPDX-License-Identifier: Apache-2.0
/**
 * What the console's pages show, as records that are ready to print: {@link dev.segue.console.page.SegmentsPage} and {@link
 * dev.segue.console.page.SegmentPage}, made from {@link dev.segue.console.page.ConsoleData}. Knows neither HTML nor Kafka.
 */
@NullMarked
package dev.segue.console.page;

import org.jspecify.annotations.NullMarked;
