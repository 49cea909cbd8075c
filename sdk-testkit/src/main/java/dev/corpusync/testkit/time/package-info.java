/** A clock that moves only when told, or when someone waits. */
@NullMarked
package dev.corpusync.testkit.time;

import org.jspecify.annotations.NullMarked;
