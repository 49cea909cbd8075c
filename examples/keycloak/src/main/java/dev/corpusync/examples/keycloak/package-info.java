/** A real authorization server, Keycloak, for the demo and the tests, with its users. */
@NullMarked
package dev.corpusync.examples.keycloak;

import org.jspecify.annotations.NullMarked;
