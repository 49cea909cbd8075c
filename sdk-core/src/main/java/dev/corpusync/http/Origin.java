package dev.corpusync.http;

import dev.corpusync.error.InvalidConfigurationException;
import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.extract.Call;
import java.net.URI;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The only origin that a connection's credentials are sent to: scheme, host and port of its base
 * URL (P11). Addresses are compared as they are read by the parser that also opens the socket: a
 * check by another parser could be bypassed where the two disagree.
 */
final class Origin {
  private final URI base;
  private final HttpUrl home;

  Origin(URI base) {
    String text = base.toString();
    HttpUrl parsed = base.getRawAuthority() == null ? null : HttpUrl.parse(text);
    if (parsed == null
        || !(parsed.username() + parsed.password()).isEmpty()
        || base.getRawQuery() != null
        || base.getRawFragment() != null) {
      throw new InvalidConfigurationException(
          "base URL",
          "must be an http or https address with a host, without a user name, query or fragment");
    }
    this.home = parsed;
    this.base = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : base;
  }

  /**
   * The address of a call.
   *
   * @throws RequestRefusedException when it leads elsewhere; nothing is sent then
   */
  HttpUrl resolve(Call call) {
    HttpUrl url;
    try {
      url = HttpUrl.parse(call.uri(base).toString());
    } catch (IllegalArgumentException e) {
      url = null;
    }
    return allowed(call, url);
  }

  HttpUrl redirect(Call call, HttpUrl from, String location) {
    return allowed(call, from.resolve(location));
  }

  /** Host and port, for messages. */
  String authority() {
    return home.host() + ":" + home.port();
  }

  // The cause of a null is not kept: it would quote the address.
  private HttpUrl allowed(Call call, @Nullable HttpUrl url) {
    if (url == null) {
      throw new RequestRefusedException(
          call + " leads to something that is not an http address. Nothing was sent there");
    }
    boolean same =
        url.scheme().equals(home.scheme())
            && url.host().equals(home.host())
            && url.port() == home.port();
    if (!same) {
      throw new RequestRefusedException(
          call
              + " leads to "
              + url.host()
              + ", outside the connection's origin "
              + home.scheme()
              + "://"
              + authority()
              + ". Nothing was sent there, so the credentials stay safe");
    }
    return url;
  }
}
