/** The output of the demos: statements that are checked, and progress bars. */
@NullMarked
package dev.corpusync.examples.demo.output;

import org.jspecify.annotations.NullMarked;
