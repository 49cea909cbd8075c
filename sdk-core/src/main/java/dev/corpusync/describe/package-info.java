/** Describes a connector for others: as JSON, as JSON Schema, as an HTML form. */
@NullMarked
package dev.corpusync.describe;

import org.jspecify.annotations.NullMarked;
