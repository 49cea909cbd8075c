/** What gets out or stays behind while something runs: words, threads, open files. */
@NullMarked
package dev.corpusync.testkit.watch;

import org.jspecify.annotations.NullMarked;
