/** An authorization server to go wrong with, and the rules that whoever keeps tokens must pass. */
@NullMarked
package dev.corpusync.testkit.auth;

import org.jspecify.annotations.NullMarked;
