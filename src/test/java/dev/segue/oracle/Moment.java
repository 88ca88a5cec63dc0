// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that a question is asked about.
 *
 * @param streams the elements of a stream, oldest first, by its name
 * @param segments the segments that the customer is in, as far as it has been asked at this instant
 * @param now the instant at which it is asked
 * @param zone that dates are of
 */
record Moment(
        Function<String, @Nullable List<Element>> streams,
        Element profile,
        List<String> segments,
        Instant now,
        ZoneId zone) {}
