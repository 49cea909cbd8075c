/** Counts and times of syncs as Micrometer meters. */
@NullMarked
package dev.corpusync.micrometer;

import org.jspecify.annotations.NullMarked;
