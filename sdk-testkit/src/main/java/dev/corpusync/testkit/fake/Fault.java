package dev.corpusync.testkit.fake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * What goes wrong with one exchange. Immutable.
 *
 * @since 0.1
 */
public final class Fault {
  /** How the socket behaves. */
  enum Socket {
    NORMAL,
    RESET_BEFORE_HEADERS,
    CUT_BODY,
    CUT_CHUNKS,
    STALL,
    TRICKLE,
    HUGE_BODY
  }

  private final String name;
  private final Socket socket;
  private final UnaryOperator<FakeReply> reply;
  private final long size;

  private Fault(String name, Socket socket, UnaryOperator<FakeReply> reply, long size) {
    this.name = name;
    this.socket = socket;
    this.reply = reply;
    this.size = size;
  }

  private static Fault socket(String name, Socket socket) {
    return new Fault(name, socket, reply -> reply, 0);
  }

  /** Another answer, with its status and headers. */
  public static Fault answers(FakeReply instead) {
    return new Fault("answers " + instead.status(), Socket.NORMAL, reply -> instead, 0);
  }

  /** The right answer, changed. */
  public static Fault changes(String name, UnaryOperator<FakeReply> change) {
    return new Fault(name, Socket.NORMAL, change, 0);
  }

  public static Fault status(int status) {
    return answers(FakeReply.status(status));
  }

  public static Fault rateLimited(Duration retryAfter) {
    return answers(
        FakeReply.status(429).header("Retry-After", Long.toString(retryAfter.toSeconds())));
  }

  /** A login page with 200, as proxies and expired sessions give. */
  public static Fault html() {
    byte[] page = "<!DOCTYPE html><title>Sign in</title>".getBytes(StandardCharsets.UTF_8);
    return new Fault(
        "answers a web page",
        Socket.NORMAL,
        reply -> FakeReply.bytes(200, "text/html; charset=utf-8", page),
        0);
  }

  /** The right status and length, with half of the JSON: only a parser can tell. */
  public static Fault malformedJson() {
    return new Fault(
        "answers malformed JSON",
        Socket.NORMAL,
        reply ->
            new FakeReply(
                reply.status(),
                reply.headers(),
                Arrays.copyOf(reply.body(), reply.body().length / 2)),
        0);
  }

  /** A JSON text of this many bytes, made while it is sent: neither side needs memory for it. */
  public static Fault hugeBody(long bytes) {
    return new Fault("answers " + bytes + " bytes", Socket.HUGE_BODY, reply -> reply, bytes);
  }

  /** The connection is closed before any header. */
  public static Fault reset() {
    return socket("resets", Socket.RESET_BEFORE_HEADERS);
  }

  /** A valid status, a right Content-Length, and half of the body. */
  public static Fault truncated() {
    return socket("is cut in its body", Socket.CUT_BODY);
  }

  /** The same without a Content-Length: the last chunk never comes. */
  public static Fault truncatedChunks() {
    return socket("is cut between two chunks", Socket.CUT_CHUNKS);
  }

  /** Never answers. The client's read timeout, in real time, ends it. */
  public static Fault stall() {
    return socket("never answers", Socket.STALL);
  }

  /** One byte a second. The client's call timeout, in real time, ends it. */
  public static Fault trickle() {
    return socket("trickles", Socket.TRICKLE);
  }

  Socket socket() {
    return socket;
  }

  long size() {
    return size;
  }

  FakeReply change(FakeReply reply) {
    return this.reply.apply(reply);
  }

  @Override
  public String toString() {
    return name;
  }
}
