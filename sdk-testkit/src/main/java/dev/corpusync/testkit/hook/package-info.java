/** A source that posts signed deliveries to a host's webhook, rightly and wrongly. */
@NullMarked
package dev.corpusync.testkit.hook;

import org.jspecify.annotations.NullMarked;
