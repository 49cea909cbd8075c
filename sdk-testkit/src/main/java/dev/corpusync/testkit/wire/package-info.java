/** How a world looks on the wire: the families of APIs, and the quirks of real ones. */
@NullMarked
package dev.corpusync.testkit.wire;

import org.jspecify.annotations.NullMarked;
