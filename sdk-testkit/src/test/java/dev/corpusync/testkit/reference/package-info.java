/** Connectors without defects, one for each kind of API, which must pass every check. */
@NullMarked
package dev.corpusync.testkit.reference;

import org.jspecify.annotations.NullMarked;
