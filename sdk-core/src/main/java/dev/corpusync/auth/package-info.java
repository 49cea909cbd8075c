/** Who we are to the remote API. */
@NullMarked
package dev.corpusync.auth;

import org.jspecify.annotations.NullMarked;
