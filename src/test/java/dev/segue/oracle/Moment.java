// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The context of one evaluation.
 *
 * @param streams the elements of a stream, oldest first, by its name
 * @param customer the customer's ids
 * @param segments the segments that the customer is in, as far as evaluated at this instant
 * @param now the instant of the evaluation
 * @param zone the time zone of dates
 * @param cuts of all customers
 * @param facts of all products
 */
record Moment(
        Function<String, @Nullable List<Element>> streams,
        Element profile,
        Element customer,
        List<String> segments,
        Instant now,
        ZoneId zone,
        OracleCuts cuts,
        OracleFacts facts) {}
