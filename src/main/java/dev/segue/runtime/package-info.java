/**
 * Builds, starts, watches and stops the processor: {@link dev.segue.runtime.Application} is one running instance. The
 * only place that knows Kafka's configuration keys and creates topics.
 */
@NullMarked
package dev.segue.runtime;

import org.jspecify.annotations.NullMarked;
