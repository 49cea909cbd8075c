package dev.corpusync.testkit.auth;

import dev.corpusync.auth.OAuth2;
import dev.corpusync.auth.Secret;
import dev.corpusync.auth.TokenEndpoint;
import dev.corpusync.connection.ConnectionKey;
import dev.corpusync.error.AccessDeniedException;
import dev.corpusync.error.AuthorizationFailedException;
import dev.corpusync.extract.Api;
import dev.corpusync.extract.Call;
import dev.corpusync.extract.Reply;
import dev.corpusync.store.Secrets;
import dev.corpusync.sync.Time;
import dev.corpusync.testkit.time.VirtualTime;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** This SDK with a wrapper that breaks one of its rules. */
final class FaultyAuthSubjects {
  private FaultyAuthSubjects() {}

  /** A 403 might be an old token, might it not? */
  static AuthSubject renewsOn403() {
    return process ->
        new Wrapped(AuthSubject.corpusync().open(process)) {
          @Override
          public Reply send(Call call) {
            try {
              return super.send(call);
            } catch (AccessDeniedException e) {
              var keeper = process.client().keeper(process.key(), Map.of());
              keeper.renew(keeper.authorize());
              return super.send(call);
            }
          }
        };
  }

  /** What may not be seen is not there. */
  static AuthSubject takes403ForEmpty() {
    return process ->
        new Wrapped(AuthSubject.corpusync().open(process)) {
          @Override
          public Reply send(Call call) {
            try {
              return super.send(call);
            } catch (AccessDeniedException e) {
              byte[] empty = "{\"data\":[],\"next\":null}".getBytes(StandardCharsets.UTF_8);
              return new Reply(call.toString(), 200, Map.of(), empty, Optional.empty());
            }
          }
        };
  }

  static AuthSubject followsRedirectsWithTheSecret() {
    TokenEndpoint following = following();
    return over(
        p ->
            with(
                p,
                p.secrets(),
                p.time(),
                p.scheme(),
                (place, headers, form) -> {
                  TokenEndpoint.Answer answer = p.endpoint().post(place, headers, form);
                  return answer.status() == 307 ? following.post(place, headers, form) : answer;
                }));
  }

  static AuthSubject doesNotEncodeTheSecret() {
    return over(
        p ->
            with(
                p,
                p.secrets(),
                p.time(),
                p.scheme(),
                (place, headers, form) -> p.endpoint().post(place, unencoded(headers), form)));
  }

  /** The way back counts for ever. */
  static AuthSubject neverLetsAnAttemptExpire() {
    return new Around(AuthSubject.corpusync(), p -> p) {
      private Instant begun = VirtualTime.START;

      @Override
      public URI begin(AuthProcess process, URI redirect, Secret session) {
        begun = process.time().now();
        return super.begin(process, redirect, session);
      }

      @Override
      public void complete(AuthProcess p, URI callback, Secret session) {
        Time then = new VirtualTime(begun);
        super.complete(with(p, p.secrets(), then, p.scheme(), p.endpoint()), callback, session);
      }
    };
  }

  static AuthSubject takesAnAttemptTwice() {
    return over(p -> with(p, unremoving(p.secrets()), p.time(), p.scheme(), p.endpoint()));
  }

  static AuthSubject sendsNoPkce() {
    return over(p -> with(p, p.secrets(), p.time(), withoutPkce(p.scheme()), p.endpoint()));
  }

  private static OAuth2 withoutPkce(OAuth2 scheme) {
    OAuth2.Builder other =
        OAuth2.authorizationCode(
                scheme.authorizationEndpoint(Map.of()).toString(),
                scheme.tokenEndpoint(Map.of()).toString())
            .scopes("things:read")
            .client(scheme.client())
            .revocationEndpoint(scheme.revocationEndpoint(Map.of()).orElseThrow().toString())
            .withoutPkce();
    scheme.issuer(Map.of()).ifPresent(other::issuer);
    return other.build();
  }

  /** It takes whatever state comes for the one that it sent. */
  static AuthSubject looksAtNoState() {
    return new Around(AuthSubject.corpusync(), p -> p) {
      private String sent = "";

      @Override
      public URI begin(AuthProcess process, URI redirect, Secret session) {
        URI place = super.begin(process, redirect, session);
        sent = place.getRawQuery().replaceAll(".*&state=([^&]*).*", "$1");
        return place;
      }

      @Override
      public void complete(AuthProcess process, URI callback, Secret session) {
        String rest = callback.toString().replaceAll("[?&]state=[^&]*", "");
        String whole =
            rest.contains("?") ? rest : rest.replaceFirst("&|code=", "?$0").replace("?&", "?");
        super.complete(process, URI.create(whole + "&state=" + sent), session);
      }
    };
  }

  /** One answer is as good as another. */
  static AuthSubject looksAtNoIssuer() {
    return new Around(AuthSubject.corpusync(), p -> p) {
      @Override
      public void complete(AuthProcess process, URI callback, Secret session) {
        String rest = callback.toString().replaceAll("&iss=[^&]*", "");
        String named =
            process
                .scheme()
                .issuer(Map.of())
                .map(issuer -> "&iss=" + AuthorizationServer.encoded(issuer))
                .orElse("");
        super.complete(process, URI.create(rest + named), session);
      }
    };
  }

  static AuthSubject anyBrowserWillDo() {
    return new Around(AuthSubject.corpusync(), p -> p) {
      @Override
      public void complete(AuthProcess process, URI callback, Secret session) {
        super.complete(process, callback, AuthFixture.SESSION);
      }
    };
  }

  /** "Something went wrong." */
  static AuthSubject saysTheSameOfEverything() {
    return new Around(AuthSubject.corpusync(), p -> p) {
      @Override
      public void complete(AuthProcess process, URI callback, Secret session) {
        try {
          super.complete(process, callback, session);
        } catch (AuthorizationFailedException e) {
          throw new AuthorizationFailedException(e.reason(), "something went wrong");
        }
      }
    };
  }

  private static AuthSubject over(UnaryOperator<AuthProcess> change) {
    return new Around(AuthSubject.corpusync(), change);
  }

  /** Another subject, in a changed process. */
  private static class Around implements AuthSubject {
    private final AuthSubject subject;
    private final UnaryOperator<AuthProcess> change;

    Around(AuthSubject subject, UnaryOperator<AuthProcess> change) {
      this.subject = subject;
      this.change = change;
    }

    @Override
    public URI begin(AuthProcess process, URI redirect, Secret session) {
      return subject.begin(change.apply(process), redirect, session);
    }

    @Override
    public void complete(AuthProcess process, URI callback, Secret session) {
      subject.complete(change.apply(process), callback, session);
    }

    @Override
    public Api open(AuthProcess process) {
      return subject.open(change.apply(process));
    }
  }

  private static class Wrapped implements Api {
    private final Api api;

    Wrapped(Api api) {
      this.api = api;
    }

    @Override
    public Reply send(Call call) {
      return api.send(call);
    }

    @Override
    public Optional<Reply> find(Call call) {
      return api.find(call);
    }
  }

  private static AuthProcess with(
      AuthProcess p, Secrets secrets, Time time, OAuth2 scheme, TokenEndpoint endpoint) {
    return new AuthProcess(
        p.key(),
        scheme,
        p.registration(),
        secrets,
        p.keys(),
        endpoint,
        p.apis(),
        p.api(),
        time,
        p.random());
  }

  private static Secrets unremoving(Secrets secrets) {
    return (Secrets)
        Proxy.newProxyInstance(
            Secrets.class.getClassLoader(),
            new Class<?>[] {Secrets.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("remove")
                  && ((ConnectionKey) arguments[0]).tenant() != null) {
                return true;
              }
              try {
                return method.invoke(secrets, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Map<String, Secret> unencoded(Map<String, Secret> headers) {
    Map<String, Secret> changed = new HashMap<>(headers);
    changed.computeIfPresent(
        "Authorization",
        (name, value) -> {
          byte[] pair = Base64.getDecoder().decode(value.reveal().substring("Basic ".length()));
          String plain =
              URLDecoder.decode(new String(pair, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
          return Secret.of(
              "Basic "
                  + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
        });
    return changed;
  }

  private static TokenEndpoint following() {
    HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
    return (place, headers, form) -> {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(place)
              .timeout(Duration.ofSeconds(1))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(body(form)));
      headers.forEach((name, value) -> request.header(name, value.reveal()));
      try {
        HttpResponse<byte[]> got =
            client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new TokenEndpoint.Answer(
            got.statusCode(),
            got.headers().firstValue("Content-Type").orElse(""),
            got.body(),
            Optional.empty());
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      } catch (IOException e) {
        throw new IOException("broken off");
      }
    };
  }

  private static String body(List<TokenEndpoint.Field> form) {
    return form.stream()
        .map(
            f ->
                AuthorizationServer.encoded(f.name())
                    + "="
                    + AuthorizationServer.encoded(f.value().reveal()))
        .collect(Collectors.joining("&"));
  }
}
