/** Credentials and authentication schemes of the remote API. */
@NullMarked
package dev.corpusync.auth;

import org.jspecify.annotations.NullMarked;
