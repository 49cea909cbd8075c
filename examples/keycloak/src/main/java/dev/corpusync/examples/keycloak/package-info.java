/** A real authorization server for the demo and the tests, and the people at it. */
@NullMarked
package dev.corpusync.examples.keycloak;

import org.jspecify.annotations.NullMarked;
