package dev.corpusync.connector;

/**
 * Things that other things are in: repositories, channels, drives. They partition nested streams
 * and pass on visibility and access.
 */
public non-sealed interface ContainerStream extends Stream, Guarded {}
