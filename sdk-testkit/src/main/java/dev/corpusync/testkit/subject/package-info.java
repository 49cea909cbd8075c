/** What a contract runs on: a connector, the wire format of its API, a store and an HTTP client. */
@NullMarked
package dev.corpusync.testkit.subject;

import org.jspecify.annotations.NullMarked;
