/** What a connector says of itself, for others to read: JSON, JSON Schema, a form. */
@NullMarked
package dev.corpusync.describe;

import org.jspecify.annotations.NullMarked;
