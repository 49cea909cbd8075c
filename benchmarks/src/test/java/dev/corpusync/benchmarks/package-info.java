/** The figures that the build checks: those that do not depend on the load of the machine. */
@NullMarked
package dev.corpusync.benchmarks;

import org.jspecify.annotations.NullMarked;
