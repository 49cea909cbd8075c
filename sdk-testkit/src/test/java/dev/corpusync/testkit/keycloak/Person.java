package dev.corpusync.testkit.keycloak;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person with a browser of her own, who fills in the login form. */
final class Person {
  private static final Pattern FORM =
      Pattern.compile("<form[^>]* id=\"kc-form-login\"[^>]* action=\"([^\"]+)\"");
  private final HttpClient browser = HttpClient.newHttpClient();
  private final Map<String, String> cookies = new TreeMap<>();
  private final String name;
  private final String password;

  Person(String name, String password) {
    this.name = name;
    this.password = password;
  }

  /** Goes where she is sent, logs in, and gives where she is sent back to. */
  URI visit(URI place) throws IOException, InterruptedException {
    HttpResponse<String> page = go(HttpRequest.newBuilder(place));
    Matcher form = FORM.matcher(page.body());
    if (!form.find()) {
      throw new IOException("there is no login form, but a status of " + page.statusCode());
    }
    String filled =
        "username=" + encoded(name) + "&password=" + encoded(password) + "&credentialId=";
    HttpResponse<String> sent =
        go(
            HttpRequest.newBuilder(URI.create(form.group(1).replace("&amp;", "&")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(filled)));
    return sent.headers()
        .firstValue("Location")
        .map(URI::create)
        .orElseThrow(() -> new IOException("the login was refused with " + sent.statusCode()));
  }

  // By hand: a cookie manager keeps no secure cookie of a server without TLS.
  private HttpResponse<String> go(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    StringBuilder header = new StringBuilder();
    cookies.forEach((n, value) -> header.append(n).append('=').append(value).append("; "));
    if (header.length() > 0) {
      request.header("Cookie", header.toString());
    }
    HttpResponse<String> response =
        browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    for (String set : response.headers().allValues("Set-Cookie")) {
      String[] pair = set.split(";", 2)[0].split("=", 2);
      cookies.put(pair[0], pair[1]);
    }
    return response;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
