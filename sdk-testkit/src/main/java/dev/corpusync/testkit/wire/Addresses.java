package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Addresses of the fake itself, as it puts them into its answers. */
final class Addresses {
  private Addresses() {}

  /** The request's own address with one parameter set. */
  static String with(FakeRequest request, String parameter, String value) {
    Map<String, List<String>> query = new LinkedHashMap<>(request.query());
    query.put(parameter, List.of(value));
    return base(request)
        + request.path()
        + "?"
        + query.entrySet().stream()
            .flatMap(e -> e.getValue().stream().map(v -> e.getKey() + "=" + encoded(v)))
            .collect(Collectors.joining("&"));
  }

  static String base(FakeRequest request) {
    return "http://"
        + request.header("host").orElse("")
        + request.header("x-forwarded-prefix").orElse("");
  }

  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
