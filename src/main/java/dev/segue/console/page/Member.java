// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.event.CustomerProfile;

/** A customer who is in a segment. */
public record Member(String customer, CustomerProfile.Membership membership) {}
