/** What every store must do, as tests: extend {@code StoreContract} for a backend of your own. */
@NullUnmarked
package dev.corpusync.testkit.store;

import org.jspecify.annotations.NullUnmarked;
