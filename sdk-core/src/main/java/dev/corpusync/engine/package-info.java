/** Runs connectors: syncs, schedules, reports. Imports everything, imported by nobody. */
@NullMarked
package dev.corpusync.engine;

import org.jspecify.annotations.NullMarked;
