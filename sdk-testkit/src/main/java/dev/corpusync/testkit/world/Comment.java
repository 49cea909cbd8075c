package dev.corpusync.testkit.world;

import java.time.Instant;

/** A remark below a thing. */
public record Comment(int number, Person author, String text, Instant written) {}
