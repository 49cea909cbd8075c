/** One tenant's link to one account: description, configuration, generation. */
@NullMarked
package dev.corpusync.connection;

import org.jspecify.annotations.NullMarked;
