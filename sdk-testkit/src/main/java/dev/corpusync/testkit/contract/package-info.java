/** What every connector must hold, as checks that a wrong one fails. */
@NullMarked
package dev.corpusync.testkit.contract;

import org.jspecify.annotations.NullMarked;
