/** What {@code ./demo --auth} plays: one account's life, from consent to a clean end. */
@NullMarked
package dev.corpusync.examples.demo.consent;

import org.jspecify.annotations.NullMarked;
