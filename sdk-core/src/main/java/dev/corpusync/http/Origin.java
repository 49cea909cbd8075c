package dev.corpusync.http;

import dev.corpusync.error.RequestRefusedException;
import dev.corpusync.extract.Call;
import java.net.URI;
import java.util.Locale;

/**
 * The one place that a connection's credentials may go to: scheme, host and port of its base URL
 * (P11).
 */
record Origin(URI base) {
  /**
   * The address of a call.
   *
   * @throws RequestRefusedException when it leads elsewhere; nothing is sent then
   */
  URI resolve(Call call) {
    URI uri;
    try {
      uri = call.uri(base);
    } catch (IllegalArgumentException e) {
      throw new RequestRefusedException(
          call + ": the address is not a valid one. Nothing was sent");
    }
    return allowed(call, uri);
  }

  URI redirect(Call call, URI from, String location) {
    try {
      return allowed(call, from.resolve(location));
    } catch (IllegalArgumentException e) {
      throw new RequestRefusedException(
          call + " was redirected to something that is not an address");
    }
  }

  private URI allowed(Call call, URI uri) {
    if (!of(uri).equals(of(base))) {
      throw new RequestRefusedException(
          call
              + " leads to "
              + uri.getHost()
              + ", outside the connection's origin "
              + of(base)
              + ": nothing was sent there, so the credentials stay safe");
    }
    return uri;
  }

  private static String of(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
  }
}
