/**
 * The contenders that copy tickets into a database: Corpusync, a hand-written loop, Spring Batch.
 */
@NullMarked
package dev.corpusync.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
