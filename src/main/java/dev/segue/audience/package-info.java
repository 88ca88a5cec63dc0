/**
 * How many customers there are, how many each segment holds, and which segments are suspiciously wide or narrow. Start at
 * {@link dev.segue.audience.Audience}.
 */
@NullMarked
package dev.segue.audience;

import org.jspecify.annotations.NullMarked;
