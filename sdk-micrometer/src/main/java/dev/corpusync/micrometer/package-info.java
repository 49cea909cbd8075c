/** Runs and HTTP requests as Micrometer meters and observations (traces). */
@NullMarked
package dev.corpusync.micrometer;

import org.jspecify.annotations.NullMarked;
