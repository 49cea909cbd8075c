/** Benchmarks: run contenders in turns and print the comparison; one main class per benchmark. */
@NullMarked
package dev.corpusync.benchmarks;

import org.jspecify.annotations.NullMarked;
