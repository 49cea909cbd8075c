/** Where connectors come from: the host, the class path, jars of their own. */
@NullMarked
package dev.corpusync.discover;

import org.jspecify.annotations.NullMarked;
