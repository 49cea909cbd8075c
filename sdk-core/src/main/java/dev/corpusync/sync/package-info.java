/** How far a run got and who is running it: cursors, watermarks, leases, runs. */
@NullMarked
package dev.corpusync.sync;

import org.jspecify.annotations.NullMarked;
