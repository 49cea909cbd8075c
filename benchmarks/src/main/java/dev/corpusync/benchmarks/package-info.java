/** Runs contenders side by side and prints what came of it; one main class for each question. */
@NullMarked
package dev.corpusync.benchmarks;

import org.jspecify.annotations.NullMarked;
