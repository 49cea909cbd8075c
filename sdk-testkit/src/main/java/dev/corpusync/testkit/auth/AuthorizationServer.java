package dev.corpusync.testkit.auth;

import dev.corpusync.auth.ClientAuthentication;
import dev.corpusync.sync.Time;
import dev.corpusync.testkit.fake.FakeApi;
import dev.corpusync.testkit.fake.FakeReply;
import dev.corpusync.testkit.fake.FakeRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** Answers the requests of {@link FakeAuthServer}, without its socket. */
final class AuthorizationServer implements FakeApi {
  private ClientCheck check =
      new ClientCheck(FakeAuthServer.CLIENT_ID, FakeAuthServer.CLIENT_SECRET);
  private final Time time;
  private final Grants grants;
  private String tokenEndpoint = "";
  private Optional<String> issuer = Optional.empty();
  private ClientAuthentication client = ClientAuthentication.BASIC;
  private Optional<PublicKey> key = Optional.empty();
  private String lifeMembers = "\"expires_in\":3600";
  private Duration life = Duration.ofHours(1);
  private Duration forgiven = Duration.ZERO;
  private boolean rotates = true;
  private boolean kills = true;
  private Optional<String> granted = Optional.empty();
  private Optional<String> denied = Optional.empty();
  private int refusals;
  private FakeReply refusal = FakeReply.status(500);
  private Runnable hook = () -> {};
  private int renewals;

  AuthorizationServer(Time time) {
    this.time = time;
    grants = new Grants(time);
  }

  synchronized void at(URI url) {
    tokenEndpoint = url + "/token";
  }

  synchronized void naming(String who) {
    issuer = Optional.of(who);
  }

  synchronized void client(ClientAuthentication how) {
    client = how;
  }

  synchronized void clientSecret(String secret) {
    check = new ClientCheck(FakeAuthServer.CLIENT_ID, secret);
  }

  synchronized void clientKey(PublicKey of) {
    key = Optional.of(of);
  }

  synchronized void life(String members, Duration really) {
    lifeMembers = members;
    life = really;
  }

  synchronized void withoutRotation() {
    rotates = false;
  }

  synchronized void forgiving(Duration reuse) {
    forgiven = reuse;
  }

  synchronized void withoutFamilyKill() {
    kills = false;
  }

  synchronized void granting(String scope) {
    granted = Optional.of(scope);
  }

  synchronized void denying(String error) {
    denied = Optional.of(error);
  }

  synchronized void refuseNext(int requests, FakeReply reply) {
    refusals = requests;
    refusal = reply;
  }

  synchronized void beforeNext(Runnable once) {
    hook = once;
  }

  synchronized void grants(Consumer<Grants> change) {
    change.accept(grants);
  }

  synchronized int count(ToIntFunction<Grants> of) {
    return of.applyAsInt(grants);
  }

  synchronized int renewals() {
    return renewals;
  }

  synchronized boolean lets(FakeRequest request) {
    return request
        .header("authorization")
        .filter(h -> h.startsWith("Bearer ") && grants.accepts(h.substring("Bearer ".length())))
        .isPresent();
  }

  @Override
  public Optional<FakeReply> answer(FakeRequest request) {
    if (request.path().equals("/token")) {
      // Not while we are locked: what it does may ask us too.
      takeHook().run();
    }
    return answered(request);
  }

  private synchronized Runnable takeHook() {
    Runnable once = hook;
    hook = () -> {};
    return once;
  }

  private synchronized Optional<FakeReply> answered(FakeRequest request) {
    Optional<FakeReply> reply =
        switch (request.method() + " " + request.path()) {
          case "GET /authorize" -> Optional.of(authorize(request));
          case "POST /token" -> Optional.of(token(request));
          case "POST /revoke" -> Optional.of(revoke(form(request)));
          default -> Optional.empty();
        };
    return reply.map(
        r ->
            r.header(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(time.now().atZone(ZoneOffset.UTC))));
  }

  private FakeReply authorize(FakeRequest asked) {
    String redirect = asked.query("redirect_uri").orElse("");
    if (!asked.query("client_id").equals(Optional.of(FakeAuthServer.CLIENT_ID))
        || redirect.isEmpty()) {
      return FakeReply.status(400);
    }
    Optional<String> challenge = asked.query("code_challenge");
    boolean right =
        asked.query("response_type").equals(Optional.of("code"))
            && (challenge.isEmpty()
                || asked.query("code_challenge_method").equals(Optional.of("S256")));
    String outcome =
        denied
            .or(() -> right ? Optional.empty() : Optional.of("invalid_request"))
            .map(e -> "error=" + e)
            .orElseGet(
                () ->
                    "code="
                        + encoded(
                            grants.code(
                                redirect,
                                challenge,
                                granted.or(() -> asked.query("scope")).orElse(""))));
    return FakeReply.status(302)
        .header(
            "Location",
            redirect
                + (redirect.contains("?") ? "&" : "?")
                + outcome
                + asked.query("state").map(s -> "&state=" + encoded(s)).orElse("")
                + issuer.map(i -> "&iss=" + encoded(i)).orElse(""));
  }

  private FakeReply token(FakeRequest request) {
    if (refusals > 0) {
      refusals--;
      return refusal;
    }
    Map<String, String> form = form(request);
    String type = form.getOrDefault("grant_type", "");
    boolean statement = type.endsWith(":jwt-bearer");
    if (!statement && !check.passes(client, request, form, key, tokenEndpoint, time.now())) {
      return error(401, "invalid_client");
    }
    return switch (type) {
      case "authorization_code" -> redeemed(form);
      case "refresh_token" -> renewed(form.getOrDefault("refresh_token", ""));
      case "client_credentials" -> alone(form.getOrDefault("scope", ""));
      default -> statement ? stated(form) : error(400, "unsupported_grant_type");
    };
  }

  private FakeReply redeemed(Map<String, String> form) {
    return grants
        .take(form.getOrDefault("code", ""))
        .filter(c -> c.redirect().equals(form.get("redirect_uri")))
        .filter(c -> c.challenge().equals(challenge(form.get("code_verifier"))))
        .map(c -> answer(grants.consent(c.scope()), true))
        .orElseGet(() -> error(400, "invalid_grant"));
  }

  private FakeReply renewed(String refresh) {
    Optional<Grants.Family> family = grants.renewable(refresh, forgiven, kills);
    if (family.isEmpty()) {
      return error(400, "invalid_grant");
    }
    renewals++;
    return answer(family.get(), rotates);
  }

  private FakeReply alone(String scope) {
    renewals++;
    return answer(grants.consent(scope), false);
  }

  private FakeReply stated(Map<String, String> form) {
    return key.flatMap(
            k -> check.statement(form.getOrDefault("assertion", ""), k, tokenEndpoint, time.now()))
        .map(claims -> alone(claims.path("scope").asString("")))
        .orElseGet(() -> error(400, "invalid_grant"));
  }

  private FakeReply revoke(Map<String, String> form) {
    grants.end(form.getOrDefault("token", ""));
    return FakeReply.status(200);
  }

  private FakeReply answer(Grants.Family family, boolean withRefresh) {
    String access = grants.access(family, life);
    return FakeReply.json(
        "{\"token_type\":\"Bearer\",\"access_token\":\""
            + access
            + "\""
            + (withRefresh ? ",\"refresh_token\":\"" + grants.refresh(family) + "\"" : "")
            + (lifeMembers.isBlank() ? "" : "," + lifeMembers)
            + (family.scope.isBlank() ? "" : ",\"scope\":\"" + family.scope + "\"")
            + "}");
  }

  private static FakeReply error(int status, String code) {
    return FakeReply.json("{\"error\":\"" + code + "\"}").withStatus(status);
  }

  private static Optional<String> challenge(@org.jspecify.annotations.Nullable String verifier) {
    return Optional.ofNullable(verifier)
        .map(
            v -> {
              try {
                byte[] ascii = v.getBytes(StandardCharsets.US_ASCII);
                return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(ascii));
              } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this JVM has no SHA-256", e);
              }
            });
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, String> form(FakeRequest request) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : request.text().split("&")) {
      String[] halves = pair.split("=", 2);
      if (halves.length == 2) {
        fields.put(
            URLDecoder.decode(halves[0], StandardCharsets.UTF_8),
            URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
      }
    }
    return fields;
  }
}
