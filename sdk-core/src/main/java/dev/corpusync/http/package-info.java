/** How we speak to the API: auth, budget, retry. The only package that sees okhttp and failsafe. */
@NullMarked
package dev.corpusync.http;

import org.jspecify.annotations.NullMarked;
