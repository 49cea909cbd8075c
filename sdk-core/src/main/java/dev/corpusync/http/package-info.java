/**
 * Sends HTTP requests to the API and retries them; the only package that uses okhttp and failsafe.
 */
@NullMarked
package dev.corpusync.http;

import org.jspecify.annotations.NullMarked;
