package dev.corpusync.vault;

import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.store.Secrets;
import dev.corpusync.store.Store;
import java.nio.charset.StandardCharsets;

/** Stores secrets as the first version did: without the origins that they were given for. */
public final class EarlierSecrets {
  private EarlierSecrets() {}

  public static void store(
      Store store, KeyProvider keys, ConnectionKey key, String field, String secret) {
    long seen = store.secrets().find(key, field).map(Secrets.Sealed::version).orElse(0L);
    byte[] sealed =
        new Seal()
            .close(
                keys.current(),
                Seal.PLAIN,
                Vault.place(key, field),
                secret.getBytes(StandardCharsets.UTF_8));
    if (store.secrets().replace(key, field, seen, keys.current().id(), sealed).isEmpty()) {
      throw new IllegalStateException("another one was written meanwhile");
    }
  }
}
