/** Annotations that say how stable a part of the API is. */
@NullMarked
package dev.corpusync.annotation;

import org.jspecify.annotations.NullMarked;
