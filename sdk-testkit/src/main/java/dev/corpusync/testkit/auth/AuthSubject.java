package dev.corpusync.testkit.auth;

import dev.corpusync.auth.Secret;
import dev.corpusync.extract.Api;
import java.net.URI;
import java.util.Map;

/**
 * The code under test that connects accounts and keeps their tokens: this SDK, or a host's own.
 *
 * @since 0.1
 */
public interface AuthSubject {
  /** Where the browser is sent, to connect the process's connection. */
  default URI begin(AuthProcess process, URI redirect, Secret session) {
    return process.client().begin(process.key(), Map.of(), redirect, session);
  }

  /**
   * The browser has come back.
   *
   * @throws dev.corpusync.error.AuthorizationFailedException when that connects nothing
   */
  default void complete(AuthProcess process, URI callback, Secret session) {
    process.client().complete(callback, session);
  }

  /** The API as this process's runs use it: asked once per process. */
  Api open(AuthProcess process);

  /** The connection is given up. */
  default void disconnect(AuthProcess process) {
    process.client().disconnect(process.key(), Map.of());
  }

  /** This SDK. */
  static AuthSubject corpusync() {
    return process ->
        process
            .apis()
            .open(process.key(), process.api(), process.client().keeper(process.key(), Map.of()));
  }
}
