/** An API over real sockets, with faults addressed by exchange. */
@NullMarked
package dev.corpusync.testkit.fake;

import org.jspecify.annotations.NullMarked;
