package dev.corpusync.testkit.hook;

import dev.corpusync.auth.Secret;
import dev.corpusync.testkit.hook.Attempt.Answer;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * A source's sending side: posts signed deliveries to an endpoint on this machine, over sockets,
 * and remembers how each was answered. It follows no redirect and never waits between attempts.
 * Safe for many threads; settings count from the next attempt on.
 *
 * @since 0.1
 */
public final class WebhookSender {
  private static final Pattern HERE =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");
  private static final long REMEMBERED = 4_096;

  private final URI endpoint;
  private final Signing signing;
  private final InstantSource clock;
  private final List<Attempt> attempts = new ArrayList<>();
  private List<Secret> secrets;
  private int signed;
  private URI known;
  private Optional<String> idHeader = Optional.empty();
  private OkHttpClient http =
      new OkHttpClient.Builder()
          .proxy(Proxy.NO_PROXY)
          .followRedirects(false)
          .retryOnConnectionFailure(false)
          // A kept connection would be found as a leak, and a closed one fail an attempt.
          .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
          .readTimeout(Duration.ZERO)
          .writeTimeout(Duration.ZERO)
          .callTimeout(Duration.ofSeconds(10))
          .build();

  private WebhookSender(URI endpoint, Signing signing, Secret secret, InstantSource clock) {
    this.endpoint = endpoint;
    this.signing = signing;
    this.secrets = List.of(secret);
    this.clock = clock;
    this.known = endpoint;
  }

  /**
   * Posts to an endpoint on this machine.
   *
   * @param secret what is signed with, on this side: a private key where there is a public one
   * @param clock the source's, by which it signs
   * @throws IllegalArgumentException if the endpoint is on another machine
   */
  public static WebhookSender to(
      URI endpoint, Signing signing, Secret secret, InstantSource clock) {
    if (!"http".equals(endpoint.getScheme())
        || endpoint.getHost() == null
        || !HERE.matcher(endpoint.getHost()).matches()) {
      throw new IllegalArgumentException(
          "a webhook sender posts to this machine only, and was told to post to "
              + endpoint.getScheme()
              + "://"
              + endpoint.getHost()
              + ": give it the address that the endpoint listens on, such as"
              + " http://127.0.0.1:8080/hook");
    }
    return new WebhookSender(endpoint, signing, secret, clock);
  }

  /** The URL that the source was told, and signs: a public one, whose proxy leads here. */
  public synchronized WebhookSender registeredAs(URI url) {
    known = url;
    return this;
  }

  /** Sends each delivery's id in this header. */
  public synchronized WebhookSender idIn(String header) {
    idHeader = Optional.of(header);
    return this;
  }

  /** How long an answer may take, in real time; 10 s unless this is said. */
  public synchronized WebhookSender patience(Duration most) {
    http = http.newBuilder().callTimeout(most).build();
    return this;
  }

  /** Signs with this secret and the one before it in turn, until {@link #rotated()}. */
  public synchronized WebhookSender rotating(Secret next) {
    secrets = List.of(secrets.get(secrets.size() - 1), next);
    signed = 0;
    return this;
  }

  /** Signs with the newest secret only. */
  public synchronized WebhookSender rotated() {
    secrets = List.of(secrets.get(secrets.size() - 1));
    return this;
  }

  /** Once, rightly. */
  public Attempt deliver(Delivery delivery) {
    return send(delivery, Optional.empty());
  }

  /**
   * Once, with something wrong.
   *
   * @throws IllegalArgumentException if nobody could see the flaw under this scheme
   */
  public Attempt deliver(Delivery delivery, Flaw flaw) {
    return send(delivery, Optional.of(flaw));
  }

  /** Twice, whatever the answer to the first is. */
  public List<Attempt> twice(Delivery delivery) {
    return List.of(deliver(delivery), deliver(delivery));
  }

  /** Until it is accepted, at most so many times; signed anew each time, at once. */
  public List<Attempt> redeliver(Delivery delivery, int most) {
    List<Attempt> all = new ArrayList<>();
    do {
      all.add(deliver(delivery));
    } while (!all.get(all.size() - 1).isAccepted() && all.size() < most);
    return List.copyOf(all);
  }

  /** Each once, in an order that the seed stands for, in which they are given back. */
  public List<Attempt> inAnyOrder(List<Delivery> deliveries, long seed) {
    List<Delivery> shuffled = new ArrayList<>(deliveries);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled.stream().map(this::deliver).toList();
  }

  /**
   * Slack's {@code url_verification}, signed as every event is: the challenge is to come back as
   * plain text, as JSON or as a form. Gives what is wrong with the answer; empty if nothing is.
   */
  public Optional<String> slackChallenge(String challenge) {
    String body =
        Json.MAPPER.writeValueAsString(Map.of("type", "url_verification", "challenge", challenge));
    return new Handshake(
            challenge,
            List.of("text/plain", "application/json", "application/x-www-form-urlencoded"))
        .missing(deliver(Delivery.json("url_verification", body)));
  }

  /**
   * Microsoft Graph's {@code validationToken}, in the query of a post that is not signed and has no
   * body: it is to come back decoded, as plain text. Gives what is wrong with the answer; empty if
   * nothing is.
   */
  public Optional<String> graphValidation(String token) {
    Delivery empty = Delivery.json("validationToken", "").type("text/plain; charset=utf-8");
    URI asked =
        URI.create(
            endpoint
                + (endpoint.getRawQuery() == null ? "?" : "&")
                + "validationToken="
                + URLEncoder.encode(token, StandardCharsets.UTF_8));
    return new Handshake(token, List.of("text/plain"))
        .missing(send(asked, empty.id(), post(empty)));
  }

  /** All so far, in the order in which they ended. */
  public synchronized List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  /** Its scheme only: an endpoint's URL may hold a key. */
  @Override
  public String toString() {
    return "webhook sender under '" + signing + "'";
  }

  private Attempt send(Delivery delivery, Optional<Flaw> flaw) {
    Secret secret = nextSecret();
    OutgoingPost post = post(delivery);
    return send(
        endpoint,
        delivery.id(),
        flaw.map(f -> f.in(signing, secret, post)).orElseGet(() -> signing.signed(secret, post)));
  }

  private synchronized Secret nextSecret() {
    return secrets.get(signed++ % secrets.size());
  }

  private synchronized OutgoingPost post(Delivery delivery) {
    OutgoingPost post =
        new OutgoingPost(known, delivery.headers(), delivery.body(), clock.instant());
    return idHeader.map(header -> post.header(header, delivery.id())).orElse(post);
  }

  private Attempt send(URI target, String id, OutgoingPost post) {
    // Without a type of OkHttp's own: the header is sent as it is, however wrong.
    Request.Builder request =
        new Request.Builder().url(target.toString()).post(RequestBody.create(post.body()));
    post.headers().forEach(request::header);
    Attempt attempt;
    try (Response response = client().newCall(request.build()).execute()) {
      Answer answer =
          new Answer(
              response.code(),
              Optional.ofNullable(response.header("Content-Type")).orElse(""),
              response.peekBody(REMEMBERED).string());
      attempt = new Attempt(id, Optional.of(answer), Optional.empty());
    } catch (IOException e) {
      attempt = new Attempt(id, Optional.empty(), Optional.of(e));
    }
    synchronized (this) {
      attempts.add(attempt);
    }
    return attempt;
  }

  private synchronized OkHttpClient client() {
    return http;
  }
}
