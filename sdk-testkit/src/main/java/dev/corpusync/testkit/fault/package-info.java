/** Deaths at chosen steps of a run. */
@NullMarked
package dev.corpusync.testkit.fault;

import org.jspecify.annotations.NullMarked;
