/** How we speak to the API, with okhttp and failsafe, which no other package sees. */
@NullMarked
package dev.corpusync.http;

import org.jspecify.annotations.NullMarked;
