/** The remote system of a test: seeded, mutable, served in the API's own form. */
@NullMarked
package dev.corpusync.testkit.world;

import org.jspecify.annotations.NullMarked;
