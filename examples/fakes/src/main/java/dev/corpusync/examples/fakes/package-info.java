/** The APIs that the example connectors read, as small worlds over real sockets. */
@NullMarked
package dev.corpusync.examples.fakes;

import org.jspecify.annotations.NullMarked;
