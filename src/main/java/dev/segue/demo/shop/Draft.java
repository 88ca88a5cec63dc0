// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of one event.
 *
 * @param type name of the event type
 * @param session the visit; null outside visits
 * @param channel web, app or store
 * @param fields by name; a record is a Map, a list of records a List of Maps
 */
record Draft(
        String type,
        Shopper shopper,
        @Nullable String session,
        @Nullable String channel,
        Map<String, Object> fields) {}
