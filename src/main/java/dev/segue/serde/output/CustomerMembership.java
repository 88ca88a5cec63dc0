// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.event.CustomerProfile;

/** One customer is in one segment: a record of the topic of memberships. */
public record CustomerMembership(String customerId, CustomerProfile.Membership membership) {}
