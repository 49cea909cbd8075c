/** Connectors, stores and clients with one defect each, and the tests that the checks find them. */
@NullMarked
package dev.corpusync.testkit.mutant;

import org.jspecify.annotations.NullMarked;
