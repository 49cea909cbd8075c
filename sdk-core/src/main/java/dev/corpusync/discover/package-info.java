/** Finds connectors: registered by the host, on the class path, in jars of their own. */
@NullMarked
package dev.corpusync.discover;

import org.jspecify.annotations.NullMarked;
