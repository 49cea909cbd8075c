package dev.corpusync.benchmarks.contender;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A ticket as hand-written code reads it: the fields that it needs, and the bytes as received. */
record Ticket(
    String id, String subject, String status, String description, String comment, byte[] payload) {
  private static final JsonFactory JSON = new JsonFactory();

  /** A page of tickets. */
  record Page(List<Ticket> tickets, @Nullable String next) {}

  /** The URL of a page. */
  static String address(URI source, @Nullable String cursor) {
    return source + "/tickets?limit=100" + (cursor == null ? "" : "&cursor=" + cursor);
  }

  static byte[] get(OkHttpClient client, String address) {
    try (Response response = client.newCall(new Request.Builder().url(address).build()).execute()) {
      return response.body().bytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a page token by token, without a tree. */
  static Page parse(byte[] body) {
    List<Ticket> tickets = new ArrayList<>(100);
    String next = null;
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("data")) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            tickets.add(ticket(parser, body));
          }
        } else if (name.equals("next_cursor")) {
          next = parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getString();
        }
      }
    }
    return new Page(tickets, next);
  }

  private static Ticket ticket(JsonParser parser, byte[] body) {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    String id = "";
    String subject = "";
    String status = "";
    String description = "";
    String comment = "";
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "id" -> id = parser.getString();
        case "subject" -> subject = parser.getString();
        case "status" -> status = parser.getString();
        case "description" -> description = parser.getString();
        case "comment" -> comment = parser.getString();
        default -> parser.skipChildren();
      }
    }
    int end = (int) parser.currentLocation().getByteOffset();
    return new Ticket(
        id, subject, status, description, comment, Arrays.copyOfRange(body, start, end));
  }
}
