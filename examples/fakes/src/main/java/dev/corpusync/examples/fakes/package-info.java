/** Fakes of the APIs that the example connectors read, over real sockets. */
@NullMarked
package dev.corpusync.examples.fakes;

import org.jspecify.annotations.NullMarked;
