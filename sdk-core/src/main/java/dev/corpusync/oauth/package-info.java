/** Connects accounts with OAuth 2.0, and renews their tokens. */
@NullMarked
package dev.corpusync.oauth;

import org.jspecify.annotations.NullMarked;
