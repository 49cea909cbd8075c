package dev.corpusync.examples.keycloak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A user with a browser of her own, who logs in and grants or denies consent. */
public final class Person {
  private static final Pattern LOGIN =
      Pattern.compile("<form[^>]* id=\"kc-form-login\"[^>]* action=\"([^\"]+)\"");
  private static final Pattern CONSENT =
      Pattern.compile("<form[^>]* action=\"([^\"]+/consent[^\"]*)\"");
  private static final Pattern CODE = Pattern.compile("name=\"code\" value=\"([^\"]*)\"");
  private static final int MOST_PAGES = 10;
  private final Browser browser = new Browser();
  private final String name;
  private final String password;
  private final List<String> forms = new ArrayList<>();

  public Person(String name, String password) {
    this.name = name;
    this.password = password;
  }

  /**
   * Follows the redirect, logs in, grants consent, and returns the URL to which she is redirected.
   */
  public URI visit(URI url) throws IOException, InterruptedException {
    return visit(url, "accept");
  }

  /** Does the same, but denies consent. */
  public URI refuse(URI url) throws IOException, InterruptedException {
    return visit(url, "cancel");
  }

  /** The forms of her last visit: {@code login}, {@code consent}. */
  public List<String> forms() {
    return List.copyOf(forms);
  }

  private URI visit(URI url, String answer) throws IOException, InterruptedException {
    forms.clear();
    HttpResponse<String> page = browser.get(url);
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      Optional<String> sent = page.headers().firstValue("Location");
      if (sent.isPresent()) {
        URI to = URI.create(sent.get());
        if (!url.getAuthority().equals(to.getAuthority())) {
          return to;
        }
        page = browser.get(to);
      } else {
        page = filled(page, answer);
      }
    }
    throw new IOException("the authorization server redirects in a cycle");
  }

  private HttpResponse<String> filled(HttpResponse<String> page, String answer)
      throws IOException, InterruptedException {
    Matcher login = LOGIN.matcher(page.body());
    if (login.find()) {
      if (forms.contains("login")) {
        throw new IOException("the login was refused");
      }
      forms.add("login");
      return browser.post(
          url(login), Map.of("username", name, "password", password, "credentialId", ""));
    }
    Matcher consent = CONSENT.matcher(page.body());
    Matcher code = CODE.matcher(page.body());
    if (consent.find() && code.find()) {
      forms.add("consent");
      return browser.post(
          page.uri().resolve(url(consent)), Map.of("code", code.group(1), answer, "x"));
    }
    throw new IOException("expected a form, got status " + page.statusCode());
  }

  private static URI url(Matcher form) {
    return URI.create(form.group(1).replace("&amp;", "&"));
  }
}
