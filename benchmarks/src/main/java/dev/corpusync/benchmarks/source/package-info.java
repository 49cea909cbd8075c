/** The API that all contenders read: pages of tickets, served by a process of its own. */
@NullMarked
package dev.corpusync.benchmarks.source;

import org.jspecify.annotations.NullMarked;
