// SPDX-License-Identifier: Apache-2.0
/**
 * What the demo serves over HTTP: its schema registry, in the shape of Confluent's, and a shop page. Start at {@link
 * dev.segue.demo.web.DemoPort}.
 */
@NullMarked
package dev.segue.demo.web;

import org.jspecify.annotations.NullMarked;
