package dev.corpusync.testkit.world;

/**
 * Someone who writes and reads at the source, as they are now: the world replaces one that changes.
 *
 * @param boss the number of someone else, of the same person, or 0
 * @since 0.1
 */
public record Person(int number, String login, String name, String email, int boss) {}
