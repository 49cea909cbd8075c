package dev.corpusync.testkit.world;

import java.time.Instant;

/**
 * A remark below a thing.
 *
 * @since 0.1
 */
public record Comment(int number, Person author, String text, Instant written) {}
