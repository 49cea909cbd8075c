/** The only figures that gate the build: those that a busy machine cannot move. */
@NullMarked
package dev.corpusync.benchmarks;

import org.jspecify.annotations.NullMarked;
