/** The HTTP adapter's rules, each over real loopback sockets. */
@NullMarked
package dev.corpusync.testkit.http;

import org.jspecify.annotations.NullMarked;
