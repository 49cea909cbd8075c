/** One run, stage by stage: which scopes are read, page after page, and what each page commits. */
@NullMarked
package dev.corpusync.run;

import org.jspecify.annotations.NullMarked;
