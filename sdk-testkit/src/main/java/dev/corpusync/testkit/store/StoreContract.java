package dev.corpusync.testkit.store;

/**
 * What the engine expects of every {@link dev.corpusync.store.Store}, as tests. Extend it, say how
 * your store is opened, and run it with JUnit 5.11 or newer. A test opens one store with {@code
 * open()} and closes it; {@code reopen} shall close the store it is given. Tests start threads of
 * their own but wait for them.
 */
public abstract class StoreContract extends ConcurrencyContract {}
