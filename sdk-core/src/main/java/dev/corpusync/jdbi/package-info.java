/** The store in a relational database. The only package that sees jdbi and java.sql. */
@NullMarked
package dev.corpusync.jdbi;

import org.jspecify.annotations.NullMarked;
