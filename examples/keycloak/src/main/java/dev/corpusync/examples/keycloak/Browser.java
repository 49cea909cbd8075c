package dev.corpusync.examples.keycloak;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A minimal browser with cookies and forms; it follows only the redirects that it gets. */
final class Browser {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> cookies = new TreeMap<>();

  HttpResponse<String> get(URI url) throws IOException, InterruptedException {
    return go(HttpRequest.newBuilder(url));
  }

  HttpResponse<String> post(URI url, Map<String, String> form)
      throws IOException, InterruptedException {
    return go(
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encoded(form))));
  }

  // Without a cookie manager: that drops secure cookies of a server without TLS.
  private HttpResponse<String> go(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    StringBuilder header = new StringBuilder();
    cookies.forEach((n, value) -> header.append(n).append('=').append(value).append("; "));
    if (header.length() > 0) {
      request.header("Cookie", header.toString());
    }
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    for (String set : response.headers().allValues("Set-Cookie")) {
      String[] pair = set.split(";", 2)[0].split("=", 2);
      cookies.put(pair[0], pair[1]);
    }
    return response;
  }

  static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
