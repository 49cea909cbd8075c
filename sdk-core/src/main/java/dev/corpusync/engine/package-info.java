/** Runs connectors: syncs, schedules, reports; imports every package and is imported by none. */
@NullMarked
package dev.corpusync.engine;

import org.jspecify.annotations.NullMarked;
