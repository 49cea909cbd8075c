/** The store in a relational database, with jdbi and java.sql, which no other package sees. */
@NullMarked
package dev.corpusync.jdbi;

import org.jspecify.annotations.NullMarked;
