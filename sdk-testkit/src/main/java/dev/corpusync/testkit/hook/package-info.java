/** A source that posts signed deliveries to a host's webhook, rightly and wrongly. */
@NullMarked
@Experimental
package dev.corpusync.testkit.hook;

import dev.corpusync.annotation.Experimental;
import org.jspecify.annotations.NullMarked;
