/** Makes links to passages that a person can open. */
@NullMarked
package dev.corpusync.cite;

import org.jspecify.annotations.NullMarked;
