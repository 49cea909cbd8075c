/** Reads pages of records from a remote API. */
@NullMarked
package dev.corpusync.extract;

import org.jspecify.annotations.NullMarked;
