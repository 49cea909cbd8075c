package dev.corpusync.sync;

import dev.corpusync.document.Ref;
import java.time.Instant;
import java.util.List;

/**
 * A sharp drop that waits for a person (P7).
 *
 * @param plan its id
 * @param refs what would be deleted, read by the engine from the plan; empty in a listing of plans
 * @param missing how many those are
 * @param of how many the scope holds
 */
public record HeldDeletion(
    String plan, Scope scope, List<Ref> refs, int missing, int of, Instant since) {}
