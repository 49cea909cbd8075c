/** The demo of {@code ./demo --auth}: one OAuth account from consent to disconnecting. */
@NullMarked
package dev.corpusync.examples.demo.oauth;

import org.jspecify.annotations.NullMarked;
