package dev.corpusync.testkit.auth;

import dev.corpusync.sync.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stores what an authorization server knows: codes, families of refresh tokens, access tokens. */
final class Grants {
  private final Time time;
  private final Map<String, Code> codes = new HashMap<>();
  private final Map<String, Family> byRefresh = new HashMap<>();
  private final Map<String, Access> byAccess = new HashMap<>();
  private final Set<Family> families = new HashSet<>();
  private int number;
  private int reuses;

  /** What a code was given for. */
  record Code(String redirect, Optional<String> challenge, String scope, Instant until) {}

  /** All tokens that descend from one consent. */
  static final class Family {
    final String scope;
    String refresh = "";
    Instant rotated = Instant.MIN;
    boolean live = true;

    Family(String scope) {
      this.scope = scope;
    }
  }

  private record Access(Family family, Instant until) {}

  Grants(Time time) {
    this.time = time;
  }

  String code(String redirect, Optional<String> challenge, String scope) {
    String code = next("code");
    codes.put(code, new Code(redirect, challenge, scope, time.now().plusSeconds(60)));
    return code;
  }

  /** Gone with the first use. */
  Optional<Code> take(String code) {
    return Optional.ofNullable(codes.remove(code)).filter(c -> time.now().isBefore(c.until()));
  }

  Family consent(String scope) {
    Family family = new Family(scope);
    families.add(family);
    return family;
  }

  /**
   * The family that a refresh token may renew now.
   *
   * @param forgiven how long an old one still counts
   * @param kills whether an old one ends its whole family
   */
  Optional<Family> renewable(String refresh, Duration forgiven, boolean kills) {
    Family family = byRefresh.get(refresh);
    if (family == null || !family.live) {
      return Optional.empty();
    }
    if (family.refresh.equals(refresh)) {
      return Optional.of(family);
    }
    if (time.now().isBefore(family.rotated.plus(forgiven))) {
      return Optional.of(family);
    }
    reuses++;
    if (kills) {
      family.live = false;
    }
    return Optional.empty();
  }

  String refresh(Family family) {
    family.refresh = next("refresh");
    family.rotated = time.now();
    byRefresh.put(family.refresh, family);
    return family.refresh;
  }

  /** The older ones of the family end with it. */
  String access(Family family, Duration life) {
    byAccess.values().removeIf(a -> a.family() == family);
    String token = next("access");
    byAccess.put(token, new Access(family, time.now().plus(life)));
    return token;
  }

  boolean accepts(String access) {
    Access found = byAccess.get(access);
    return found != null && found.family().live && time.now().isBefore(found.until());
  }

  void endAccess() {
    byAccess.clear();
  }

  void endAll() {
    families.forEach(f -> f.live = false);
  }

  void end(String token) {
    Optional.ofNullable(byRefresh.get(token)).ifPresent(f -> f.live = false);
    byAccess.remove(token);
  }

  int live() {
    return (int) families.stream().filter(f -> f.live).count();
  }

  int reuses() {
    return reuses;
  }

  // Characters that a form must encode, and a URL too.
  private String next(String kind) {
    return kind + "-" + ++number + "+/=&%ü".substring(0, kind.equals("access") ? 3 : 6);
  }
}
