/** The store in a relational database, with jdbi and java.sql, which no other package sees. */
@NullMarked
package dev.corpusync.relational;

import org.jspecify.annotations.NullMarked;
