/** An API over real sockets, with faults addressed by exchange, and a plain stream to read it. */
@NullMarked
package dev.corpusync.testkit.fake;

import org.jspecify.annotations.NullMarked;
