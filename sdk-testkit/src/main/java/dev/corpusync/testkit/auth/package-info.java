/** A fake authorization server, and the rules that code which keeps tokens must pass. */
@NullMarked
package dev.corpusync.testkit.auth;

import org.jspecify.annotations.NullMarked;
