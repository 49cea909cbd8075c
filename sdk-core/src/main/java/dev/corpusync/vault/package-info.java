/** Stores secrets, sealed with the host's key before they reach a store. */
@NullMarked
package dev.corpusync.vault;

import org.jspecify.annotations.NullMarked;
