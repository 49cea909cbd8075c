package dev.corpusync.benchmarks.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Pages of tickets as bytes: copies of one page, with the digits of the ids and the letter of the
 * state filled in.
 */
final class TicketPages {
  /** The length of one ticket's JSON. */
  static final int BYTES = 1_839;

  static final int PAGE = 100;

  /** All ids have eight digits, so that all tickets have the same length. */
  static final int FIRST_ID = 10_000_000;

  private static final String ID = "########";
  private static final char STATE = '@';
  private static final String WORDS =
      "The export of the monthly report stops after a few pages and the browser shows an empty"
          + " table until the person signs in again. ";

  private final byte[] ticket;
  private final List<Integer> ids = new ArrayList<>();
  private final List<Integer> states = new ArrayList<>();

  TicketPages() {
    String json = json("");
    json = json(WORDS.repeat(20).substring(0, BYTES - json.length()));
    ticket = json.getBytes(StandardCharsets.UTF_8);
    for (int at = json.indexOf(ID); at >= 0; at = json.indexOf(ID, at + 1)) {
      ids.add(at);
    }
    for (int at = json.indexOf(STATE); at >= 0; at = json.indexOf(STATE, at + 1)) {
      states.add(at);
    }
  }

  private static String json(String filler) {
    int half = filler.length() / 2;
    return "{\"id\":"
        + ID
        + ",\"subject\":\"Export of report "
        + ID
        + " stops\",\"private\":false"
        + ",\"status\":\"open\",\"priority\":3,\"updated_at\":\"2024-05-17T09:30:00Z\""
        + ",\"requester\":{\"id\":4711,\"name\":\"Ada Lovelace\",\"email\":\"ada@example.org\"}"
        + ",\"assignee\":{\"id\":815,\"name\":\"Grace Hopper\",\"email\":\"grace@example.org\"}"
        + ",\"tags\":[\"export\",\"report\",\"browser\"],\"organisation\":null,\"votes\":12"
        + ",\"custom_fields\":[{\"id\":1,\"value\":\"web\"},{\"id\":2,\"value\":null}]"
        + ",\"description\":\""
        + ID
        + STATE
        + " "
        + filler.substring(0, half)
        + "\""
        + ",\"comment\":\"Re: "
        + ID
        + " "
        + filler.substring(half)
        + "\"}";
  }

  /**
   * @param first the number of the first ticket, from 0
   * @param state a letter: tickets of another one have another description
   * @param next the cursor, or null at the end
   */
  byte[] page(int first, int count, char state, String next) {
    byte[] head = "{\"data\":[".getBytes(StandardCharsets.UTF_8);
    byte[] tail = ("],\"next_cursor\":" + next + "}").getBytes(StandardCharsets.UTF_8);
    int commas = Math.max(0, count - 1);
    byte[] page = new byte[head.length + count * BYTES + commas + tail.length];
    System.arraycopy(head, 0, page, 0, head.length);
    int at = head.length;
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        page[at++] = ',';
      }
      System.arraycopy(ticket, 0, page, at, BYTES);
      patch(page, at, FIRST_ID + first + i, state);
      at += BYTES;
    }
    System.arraycopy(tail, 0, page, at, tail.length);
    return page;
  }

  private void patch(byte[] page, int at, int id, char state) {
    for (int offset : ids) {
      int rest = id;
      for (int digit = ID.length() - 1; digit >= 0; digit--) {
        page[at + offset + digit] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
    for (int offset : states) {
      page[at + offset] = (byte) state;
    }
  }
}
