package dev.corpusync.auth;

import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Describes how a provider implements OAuth 2.0. The tokens are obtained and renewed by the package
 * {@code oauth}, so a connector never sees one. Immutable.
 *
 * <p>Addresses may contain names of settings in braces, such as {@code https://{site}/oauth/token}.
 *
 * @since 0.1
 */
public final class OAuth2 implements AuthScheme {
  /** The grant that a token is issued for. */
  public enum Grant {
    /** A person's consent, in a browser. */
    AUTHORIZATION_CODE,
    /** The application itself. */
    CLIENT_CREDENTIALS,
    /** An assertion that the application signs (RFC 7523), as service accounts do. */
    JWT_BEARER
  }

  private static final Set<String> OURS =
      Set.of(
          "response_type",
          "client_id",
          "client_secret",
          "redirect_uri",
          "scope",
          "state",
          "code",
          "code_challenge",
          "code_challenge_method",
          "code_verifier",
          "grant_type",
          "refresh_token",
          "assertion");
  private final Grant grant;
  private final Optional<EndpointTemplate> authorization;
  private final EndpointTemplate token;
  private final Optional<EndpointTemplate> revocation;
  private final Optional<EndpointTemplate> issuer;
  private final Set<String> scopes;
  private final Set<String> uncheckedScopes;
  private final String scopeSeparator;
  private final boolean pkce;
  private final ClientAuthentication client;
  private final RedirectPolicy redirects;
  private final Map<String, String> authorizeParameters;
  private final Map<String, String> tokenParameters;
  private final Map<String, String> claims;
  private final TokenDialect dialect;
  private final Function<Secret, Authorization> sent;

  private OAuth2(Builder from) {
    grant = from.grant;
    authorization = from.authorization;
    token = from.token;
    revocation = from.revocation;
    issuer = from.issuer;
    scopes = Collections.unmodifiableSet(new TreeSet<>(from.scopes));
    uncheckedScopes = Collections.unmodifiableSet(new TreeSet<>(from.uncheckedScopes));
    scopeSeparator = from.scopeSeparator;
    pkce = from.pkce;
    client = from.client;
    redirects = from.redirects;
    authorizeParameters = copy(from.authorizeParameters);
    tokenParameters = copy(from.tokenParameters);
    claims = copy(from.claims);
    dialect = from.dialect;
    sent = from.sent;
  }

  /** Authorization code grant: a person consents in a browser. */
  public static Builder authorizationCode(String authorizationEndpoint, String tokenEndpoint) {
    return new Builder(
        Grant.AUTHORIZATION_CODE,
        Optional.of(EndpointTemplate.of(authorizationEndpoint)),
        EndpointTemplate.of(tokenEndpoint));
  }

  /** Client credentials grant: the application authenticates as itself. */
  public static Builder clientCredentials(String tokenEndpoint) {
    return new Builder(
        Grant.CLIENT_CREDENTIALS, Optional.empty(), EndpointTemplate.of(tokenEndpoint));
  }

  /**
   * JWT bearer grant: the application signs an assertion, for itself or for a person (claim {@code
   * sub}).
   */
  public static Builder jwtBearer(String tokenEndpoint) {
    return new Builder(Grant.JWT_BEARER, Optional.empty(), EndpointTemplate.of(tokenEndpoint))
        .client(ClientAuthentication.NONE);
  }

  @Override
  public String name() {
    return "oauth2:" + grant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the supplier itself if it is an {@link Authorizer}, as a token keeper is; else an
   * authorizer for access tokens that the host obtains and renews by other means.
   */
  @Override
  public Authorizer authorizer(CredentialSupplier credentials, InstantSource clock) {
    return credentials instanceof Authorizer keeper ? keeper : () -> sent.apply(credentials.get());
  }

  /** Returns the token and revocation endpoints that can be filled from these settings. */
  @Override
  public Set<URI> secretEndpoints(Map<String, String> settings) {
    return Stream.concat(Stream.of(token), revocation.stream())
        .filter(endpoint -> settings.keySet().containsAll(endpoint.names()))
        .map(endpoint -> endpoint.fill(settings))
        .collect(Collectors.toSet());
  }

  public Grant grant() {
    return grant;
  }

  /** Returns the names of the settings in the endpoint addresses. */
  public Set<String> settings() {
    Set<String> names = new TreeSet<>(token.names());
    authorization.ifPresent(a -> names.addAll(a.names()));
    revocation.ifPresent(r -> names.addAll(r.names()));
    issuer.ifPresent(i -> names.addAll(i.names()));
    return names;
  }

  /**
   * @throws dev.corpusync.error.InvalidConfigurationException naming the setting that is missing or
   *     does not fit, never its value
   */
  public URI authorizationEndpoint(Map<String, String> settings) {
    return authorization
        .orElseThrow(() -> new IllegalStateException(name() + " asks nobody for consent"))
        .fill(settings);
  }

  /**
   * @throws dev.corpusync.error.InvalidConfigurationException naming the setting that is missing or
   *     does not fit, never its value
   */
  public URI tokenEndpoint(Map<String, String> settings) {
    return token.fill(settings);
  }

  /** Returns the token endpoint as declared, which identifies the provider. */
  public String tokenTemplate() {
    return token.toString();
  }

  /** Returns the revocation endpoint (RFC 7009), if the provider has one. */
  public Optional<URI> revocationEndpoint(Map<String, String> settings) {
    return revocation.map(r -> r.fill(settings));
  }

  /** Returns the issuer that a callback must name (RFC 9207), if the provider names it. */
  public Optional<String> issuer(Map<String, String> settings) {
    return issuer.map(i -> i.fill(settings).toString());
  }

  /** Returns the scopes that are requested, and that the response must grant. */
  public Set<String> scopes() {
    return scopes;
  }

  /** Returns the {@code scope} parameter with all requested scopes; empty when there are none. */
  public Optional<String> scopeParameter() {
    List<String> all = new ArrayList<>(scopes);
    all.addAll(uncheckedScopes);
    return all.isEmpty() ? Optional.empty() : Optional.of(String.join(scopeSeparator, all));
  }

  public boolean pkce() {
    return pkce;
  }

  public ClientAuthentication client() {
    return client;
  }

  public RedirectPolicy redirects() {
    return redirects;
  }

  public Map<String, String> authorizeParameters() {
    return authorizeParameters;
  }

  public Map<String, String> tokenParameters() {
    return tokenParameters;
  }

  /** Returns further claims of a signed assertion, filled from the settings. */
  public Map<String, String> claims(Map<String, String> settings) {
    Map<String, String> filled = new LinkedHashMap<>();
    claims.forEach((name, value) -> filled.put(name, EndpointTemplate.plain(value, settings)));
    return filled;
  }

  public TokenDialect dialect() {
    return dialect;
  }

  /** Returns the authorization of a request with this access token. */
  public Authorization sent(Secret accessToken) {
    return sent.apply(accessToken);
  }

  private static Map<String, String> copy(Map<String, String> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * Collects what the provider's documentation says; everything but the addresses has a default.
   */
  public static final class Builder {
    private final Grant grant;
    private final Optional<EndpointTemplate> authorization;
    private final EndpointTemplate token;
    private Optional<EndpointTemplate> revocation = Optional.empty();
    private Optional<EndpointTemplate> issuer = Optional.empty();
    private final Set<String> scopes = new TreeSet<>();
    private final Set<String> uncheckedScopes = new TreeSet<>();
    private String scopeSeparator = " ";
    private boolean pkce = true;
    private ClientAuthentication client = ClientAuthentication.BASIC;
    private RedirectPolicy redirects = RedirectPolicy.HTTPS_OR_LOOPBACK;
    private final Map<String, String> authorizeParameters = new LinkedHashMap<>();
    private final Map<String, String> tokenParameters = new LinkedHashMap<>();
    private final Map<String, String> claims = new LinkedHashMap<>();
    private TokenDialect dialect = TokenDialect.standard();
    private Function<Secret, Authorization> sent = Authorization::bearer;

    private Builder(Grant grant, Optional<EndpointTemplate> authorization, EndpointTemplate token) {
      this.grant = grant;
      this.authorization = authorization;
      this.token = token;
    }

    /** What the connector cannot do without: connecting fails when the answer leaves one out. */
    public Builder scopes(String... names) {
      scopes.addAll(List.of(names));
      return this;
    }

    /** Asked for, but not looked for: providers leave some out of their answer, or rename them. */
    public Builder uncheckedScopes(String... names) {
      uncheckedScopes.addAll(List.of(names));
      return this;
    }

    /** A space unless told otherwise. */
    public Builder scopeSeparator(String between) {
      scopeSeparator = between;
      return this;
    }

    /** For a provider that refuses requests with PKCE. */
    public Builder withoutPkce() {
      pkce = false;
      return this;
    }

    public Builder client(ClientAuthentication how) {
      client = how;
      return this;
    }

    public Builder redirects(RedirectPolicy policy) {
      redirects = policy;
      return this;
    }

    public Builder revocationEndpoint(String address) {
      revocation = Optional.of(EndpointTemplate.of(address));
      return this;
    }

    /**
     * For a provider that names itself on the way back (RFC 9207; its metadata say {@code
     * authorization_response_iss_parameter_supported}): a way back that names another one, or none,
     * is refused. To the letter, as in its metadata.
     */
    public Builder issuer(String address) {
      issuer = Optional.of(EndpointTemplate.of(address));
      return this;
    }

    /** Such as {@code access_type=offline}, without which some providers give no refresh token. */
    public Builder authorizeParameter(String name, String value) {
      authorizeParameters.put(free(name), value);
      return this;
    }

    /** Such as {@code audience} or {@code resource}; sent with every token request. */
    public Builder tokenParameter(String name, String value) {
      tokenParameters.put(free(name), value);
      return this;
    }

    /** Of a signed statement: {@code sub}, {@code aud} and others; may hold names of settings. */
    public Builder claim(String name, String value) {
      claims.put(name, value);
      return this;
    }

    public Builder dialect(TokenDialect spoken) {
      dialect = spoken;
      return this;
    }

    /** Where the access token goes, if not into {@code Authorization: Bearer}. */
    public Builder sent(Function<Secret, Authorization> as) {
      sent = as;
      return this;
    }

    public OAuth2 build() {
      return new OAuth2(this);
    }

    private static String free(String name) {
      if (OURS.contains(name)) {
        throw new IllegalArgumentException(
            "the parameter '" + name + "' is set by the flow itself");
      }
      return name;
    }
  }
}
