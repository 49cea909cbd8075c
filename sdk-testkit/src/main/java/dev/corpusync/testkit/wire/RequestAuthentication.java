package dev.corpusync.testkit.wire;

import dev.corpusync.testkit.fake.FakeRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** How requests are let in. */
final class RequestAuthentication {
  private RequestAuthentication() {}

  /**
   * @param value what the header holds for a secret
   */
  static BiPredicate<FakeRequest, String> header(String name, UnaryOperator<String> value) {
    return (request, secret) ->
        request.header(name).filter(value.apply(secret)::equals).isPresent();
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
