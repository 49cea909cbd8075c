/** Ways to copy the tickets into a database: Corpusync, a loop written by hand, Spring Batch. */
@NullMarked
package dev.corpusync.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
