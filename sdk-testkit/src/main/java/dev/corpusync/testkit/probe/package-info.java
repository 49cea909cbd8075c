/** Finds out what a connector does with a record, and compares what it stores with the source. */
@NullMarked
package dev.corpusync.testkit.probe;

import org.jspecify.annotations.NullMarked;
