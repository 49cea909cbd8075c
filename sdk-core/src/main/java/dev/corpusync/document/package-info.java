/** What people search: documents, chunks, and who may read them. */
@NullMarked
package dev.corpusync.document;

import org.jspecify.annotations.NullMarked;
