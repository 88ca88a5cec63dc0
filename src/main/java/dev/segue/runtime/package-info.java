/**
 * Builds, starts, watches and stops the processor: {@link dev.segue.runtime.Application} is one running instance.
 * {@link dev.segue.runtime.EventPublisher} writes what it reads, {@link dev.segue.runtime.ChangeFeed} reads what it
 * writes. The only place that creates topics and, but for the demo's own broker, that decides Kafka's settings.
 */
@NullMarked
package dev.segue.runtime;

import org.jspecify.annotations.NullMarked;
