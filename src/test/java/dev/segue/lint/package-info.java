@NullMarked
package dev.segue.lint;

import org.jspecify.annotations.NullMarked;
