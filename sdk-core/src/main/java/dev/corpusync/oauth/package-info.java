/** How an account is connected with OAuth 2.0, and how its tokens are kept good. */
@NullMarked
package dev.corpusync.oauth;

import org.jspecify.annotations.NullMarked;
