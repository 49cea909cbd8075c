/** Artifacts → documents, with what they refer to. */
@NullMarked
package dev.corpusync.transform;

import org.jspecify.annotations.NullMarked;
