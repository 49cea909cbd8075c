/** Seeded sequences of actions, cut down to the shortest that fails. */
@NullMarked
package dev.corpusync.testkit.random;

import org.jspecify.annotations.NullMarked;
