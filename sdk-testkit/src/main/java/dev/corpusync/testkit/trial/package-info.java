/** Runs a connector against a fake API and a store, and watches what leaks out. */
@NullMarked
package dev.corpusync.testkit.trial;

import org.jspecify.annotations.NullMarked;
