/** What compiled code uses, read from its class files. */
@NullMarked
package dev.corpusync.testkit.scan;

import org.jspecify.annotations.NullMarked;
