package dev.corpusync.error;

/**
 * Marks an exception whose reason lies in what the host brought: its subscriber, its data source.
 * Repair it there; neither the connector nor the source is at fault.
 *
 * @since 0.1
 */
public interface HostFault {}
