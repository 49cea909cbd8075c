/** What an author hands over: a connector and its streams, composed of the stages. */
@NullMarked
package dev.corpusync.connector;

import org.jspecify.annotations.NullMarked;
