/** What the remote API returned, kept verbatim, and whether it may be kept at all. */
@NullMarked
package dev.corpusync.artifact;

import org.jspecify.annotations.NullMarked;
