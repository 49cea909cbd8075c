/** Records as the remote API returned them, and whether they may be stored. */
@NullMarked
package dev.corpusync.artifact;

import org.jspecify.annotations.NullMarked;
