// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.web;

import java.net.URI;
import java.time.InstantSource;

/**
 * What the shop page's tracker needs.
 *
 * @param collector address of the collector, without a slash at the end
 * @param clock the shop's time
 * @param speed how many times faster than real time it runs
 */
public record ShopTracking(URI collector, String writeKey, InstantSource clock, int speed) {}
