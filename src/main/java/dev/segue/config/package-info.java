/**
 * Settings as validated records: if one exists, it is usable. Nothing here reads files, environment or arguments; that
 * is the business of whoever wires the application.
 */
@NullMarked
package dev.segue.config;

import org.jspecify.annotations.NullMarked;
