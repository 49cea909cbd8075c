package dev.corpusync.extract;

import dev.corpusync.artifact.Json;
import dev.corpusync.artifact.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a page that no parser accepts as a whole, because of some of its records: those are flawed,
 * and the others are as they would be (P10).
 */
final class FlawedRecords {
  private static final String TOO_MUCH =
      "is nested too deep, or has a name, number or text beyond any measure";
  private final JsonMapper strict;
  private final byte[] body;

  FlawedRecords(JsonMapper strict, byte[] body) {
    this.strict = strict;
    this.body = body;
  }

  /** Empty where more than records cannot be read. */
  Optional<RecordSplitter.Split> split(String path) {
    return RecordScanner.find(body, path).flatMap(this::split);
  }

  private Optional<RecordSplitter.Split> split(RecordScanner.Found found) {
    try {
      JsonNode envelope = strict.readTree(around(found.array()));
      List<Payload> records = new ArrayList<>();
      for (RecordScanner.Slice slice : found.records()) {
        records.add(record(slice));
      }
      return Optional.of(new RecordSplitter.Split(records, Json.of(envelope)));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** The body with an empty array in place of that of the records. */
  private byte[] around(RecordScanner.Slice array) {
    byte[] around = new byte[body.length - (array.end() - array.start()) + 2];
    System.arraycopy(body, 0, around, 0, array.start());
    around[array.start()] = '[';
    around[array.start() + 1] = ']';
    System.arraycopy(
        body, array.end(), around, array.start() + 2, around.length - array.start() - 2);
    return around;
  }

  /**
   * @throws JacksonException when it is no object: nothing in it could tell whose flaw it is
   */
  private Payload record(RecordScanner.Slice slice) {
    int length = slice.end() - slice.start();
    try {
      return Payload.slice(
          body, slice.start(), length, strict.readTree(body, slice.start(), length));
    } catch (JacksonException e) {
      if (body[slice.start()] != '{') {
        throw e;
      }
      return flawed(slice, e);
    }
  }

  private Payload flawed(RecordScanner.Slice slice, JacksonException why) {
    int length = slice.end() - slice.start();
    String flaw = reason(slice, why);
    try (JsonParser parser = strict.createParser(replaced(slice))) {
      parser.nextToken();
      JsonNode tree = RepeatedField.read(parser);
      return Payload.flawed(body, slice.start(), length, Optional.of(tree), flaw);
    } catch (JacksonException e) {
      return Payload.flawed(body, slice.start(), length, Optional.empty(), flaw);
    }
  }

  private String reason(RecordScanner.Slice slice, JacksonException why) {
    if (RepeatedField.isReasonOf(why)) {
      return RepeatedField.FLAW;
    }
    if (why instanceof StreamConstraintsException) {
      return TOO_MUCH;
    }
    return isUtf8(slice)
        ? "is not JSON, or has a control character in a text"
        : "has bytes that are not UTF-8";
  }

  private boolean isUtf8(RecordScanner.Slice slice) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(body, slice.start(), slice.end() - slice.start()));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** With U+FFFD for each byte that is not UTF-8, and for each control character in a text. */
  private String replaced(RecordScanner.Slice slice) {
    String text =
        new String(body, slice.start(), slice.end() - slice.start(), StandardCharsets.UTF_8);
    StringBuilder out = new StringBuilder(text.length());
    boolean inText = false;
    boolean escaped = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(inText && c < ' ' ? Payload.REPLACED : c);
      if (c == '"' && !escaped) {
        inText = !inText;
      }
      escaped = c == '\\' && !escaped;
    }
    return out.toString();
  }
}
