/** How much the tests do: a sample, everything, or every combination. */
@NullMarked
package dev.corpusync.testkit.profile;

import org.jspecify.annotations.NullMarked;
