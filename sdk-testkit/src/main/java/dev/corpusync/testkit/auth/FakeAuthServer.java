package dev.corpusync.testkit.auth;

import dev.corpusync.auth.ClientAuthentication;
import dev.corpusync.auth.TokenEndpoint;
import dev.corpusync.sync.Time;
import dev.corpusync.testkit.fake.Exchange;
import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import dev.corpusync.testkit.fake.FakeServer;
import dev.corpusync.testkit.fake.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fake authorization server on a loopback port: authorization code with PKCE, refresh tokens good
 * for one use, whose reuse ends the whole family, client credentials and signed assertions. A
 * simulated person always consents. Safe for many threads; settings apply from the next request on.
 *
 * @since 0.1
 */
public final class FakeAuthServer implements AutoCloseable {
  public static final String CLIENT_ID = "client-1";

  public static final String CLIENT_SECRET = "s3cr3t-of-the-client";

  private final AuthorizationServer rules;
  private final FakeServer server;

  private FakeAuthServer(AuthorizationServer rules) {
    this.rules = rules;
    this.server = FakeServer.serving(rules);
    rules.at(server.url());
  }

  /**
   * @param clock by which tokens expire
   */
  public static FakeAuthServer start(Time clock) {
    return new FakeAuthServer(new AuthorizationServer(clock));
  }

  public URI url() {
    return server.url();
  }

  public String authorizationEndpoint() {
    return server.url() + "/authorize";
  }

  public String tokenEndpoint() {
    return server.url() + "/token";
  }

  public String revocationEndpoint() {
    return server.url() + "/revoke";
  }

  public FakeAuthServer client(ClientAuthentication how) {
    rules.client(how);
    return this;
  }

  /** Says on the way back who it is (RFC 9207). */
  public FakeAuthServer naming(String issuer) {
    rules.naming(issuer);
    return this;
  }

  /** Knows the application by another secret. */
  public FakeAuthServer clientSecret(String secret) {
    rules.clientSecret(secret);
    return this;
  }

  /** Of the application's signed statements. */
  public FakeAuthServer clientKey(PublicKey key) {
    rules.clientKey(key);
    return this;
  }

  /**
   * How the answer says how long an access token is good, as JSON members, such as {@code
   * "expires_in":"3600"}; blank to say nothing.
   *
   * @param really how long it is good
   */
  public FakeAuthServer life(String members, Duration really) {
    rules.life(members, really);
    return this;
  }

  /** A renewal gives no new refresh token: the old one stays good. */
  public FakeAuthServer withoutRotation() {
    rules.withoutRotation();
    return this;
  }

  /** An old refresh token counts for this long after its successor was given. */
  public FakeAuthServer forgiving(Duration reuse) {
    rules.forgiving(reuse);
    return this;
  }

  /** An old refresh token is refused, and nothing else happens. */
  public FakeAuthServer withoutFamilyKill() {
    rules.withoutFamilyKill();
    return this;
  }

  /** What consent is given to, whatever was asked for. */
  public FakeAuthServer granting(String scope) {
    rules.granting(scope);
    return this;
  }

  /** The person, or the server, says this instead of yes. */
  public FakeAuthServer denying(String error) {
    rules.denying(error);
    return this;
  }

  /** The next token requests are answered with this, and not acted upon. */
  public FakeAuthServer refuseNext(int requests, FakeReply reply) {
    rules.refuseNext(requests, reply);
    return this;
  }

  /** The next token request is acted upon, and its answer goes wrong like this. */
  public FakeAuthServer loseNext(Fault fault) {
    server.fault("/token", tokenPosts() + 1, fault);
    return this;
  }

  /**
   * Called once, on the server's thread, when the next token request is there and not looked at.
   */
  public FakeAuthServer beforeNext(Runnable hook) {
    rules.beforeNext(hook);
    return this;
  }

  /** All access tokens are over. */
  public FakeAuthServer endAccess() {
    rules.grants(Grants::endAccess);
    return this;
  }

  /** All consent is taken back. */
  public FakeAuthServer endAll() {
    rules.grants(Grants::endAll);
    return this;
  }

  /** Lets in only who has an access token that is good: 401 otherwise. */
  public FakeApi guarding(FakeApi api) {
    return request -> rules.lets(request) ? api.answer(request) : Optional.of(unauthorized());
  }

  /** Goes to an address as a person's browser, and says yes; gives where it was sent back to. */
  public URI visit(URI authorize) {
    try {
      HttpURLConnection browser = (HttpURLConnection) authorize.toURL().openConnection();
      browser.setInstanceFollowRedirects(false);
      String back = browser.getHeaderField("Location");
      if (back == null) {
        throw new IllegalStateException(
            "the authorization server answered "
                + browser.getResponseCode()
                + ", not a way back: is the request right?");
      }
      return URI.create(back);
    } catch (IOException e) {
      throw new UncheckedIOException("the authorization server did not answer", e);
    }
  }

  /** The token endpoint without a socket: for another process, from within {@link #beforeNext}. */
  public TokenEndpoint direct() {
    return (endpoint, headers, form) -> {
      Map<String, List<String>> names = new HashMap<>();
      headers.forEach(
          (name, value) ->
              names.put(name.toLowerCase(java.util.Locale.ROOT), List.of(value.reveal())));
      StringBuilder body = new StringBuilder();
      form.forEach(
          f ->
              body.append(AuthorizationServer.encoded(f.name()))
                  .append('=')
                  .append(AuthorizationServer.encoded(f.value().reveal()))
                  .append('&'));
      FakeReply reply =
          rules
              .answer(
                  new FakeRequest(
                      0,
                      "POST",
                      endpoint.getPath(),
                      Map.of(),
                      names,
                      body.toString().getBytes(StandardCharsets.UTF_8)))
              .orElseThrow();
      return new TokenEndpoint.Answer(
          reply.status(), "application/json", reply.body(), Optional.empty());
    };
  }

  /** How many token requests there were, over the socket. */
  public int tokenPosts() {
    return (int) server.exchanges().stream().filter(e -> e.path().equals("/token")).count();
  }

  /** How many renewals were granted. */
  public int renewals() {
    return rules.renewals();
  }

  /** How often a refresh token came that was used before. */
  public int reuses() {
    return rules.count(Grants::reuses);
  }

  /** Consents that still count. */
  public int live() {
    return rules.count(Grants::live);
  }

  public List<Exchange> exchanges() {
    return server.exchanges();
  }

  @Override
  public void close() {
    server.close();
  }

  private static FakeReply unauthorized() {
    return FakeReply.status(401).header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
  }
}
