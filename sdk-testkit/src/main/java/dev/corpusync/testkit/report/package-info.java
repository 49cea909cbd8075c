/** What became of the checks of a contract, for people and for machines. */
@NullMarked
package dev.corpusync.testkit.report;

import org.jspecify.annotations.NullMarked;
