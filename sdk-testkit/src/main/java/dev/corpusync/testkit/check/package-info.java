/**
 * The checks of the connector contract, by area, and the code that runs one and keeps its result.
 */
@NullMarked
package dev.corpusync.testkit.check;

import org.jspecify.annotations.NullMarked;
