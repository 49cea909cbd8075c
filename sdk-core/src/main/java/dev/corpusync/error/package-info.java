/** Exceptions, named by what should happen next. */
@NullMarked
package dev.corpusync.error;

import org.jspecify.annotations.NullMarked;
