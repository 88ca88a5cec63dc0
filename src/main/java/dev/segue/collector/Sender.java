// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import dev.segue.config.WriteKey;
import dev.segue.runtime.RateLimit;

/** A write key and what its sender has used of its rate. */
record Sender(WriteKey key, RateLimit rate) {}
