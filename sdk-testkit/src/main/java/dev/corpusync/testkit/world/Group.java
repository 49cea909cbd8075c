package dev.corpusync.testkit.world;

/**
 * People, and groups of people, under one name; who they are is told by the {@link Directory}.
 *
 * @since 0.1
 */
public record Group(int number, String name) {}
