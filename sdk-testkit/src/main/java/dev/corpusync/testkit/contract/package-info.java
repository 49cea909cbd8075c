/** The contracts that the author of a connector extends. */
@NullMarked
package dev.corpusync.testkit.contract;

import org.jspecify.annotations.NullMarked;
