package dev.corpusync.testkit.fake;

import java.time.Duration;
import java.util.function.UnaryOperator;

/** What goes wrong with one exchange. */
public final class Fault {
  /** How the socket behaves. */
  enum Socket {
    NORMAL,
    RESET_BEFORE_HEADERS,
    CUT_BODY,
    STALL,
    TRICKLE
  }

  private final String name;
  private final Socket socket;
  private final UnaryOperator<FakeReply> reply;

  private Fault(String name, Socket socket, UnaryOperator<FakeReply> reply) {
    this.name = name;
    this.socket = socket;
    this.reply = reply;
  }

  /** Another answer: a status with its headers, HTML, malformed JSON. */
  public static Fault answers(FakeReply instead) {
    return new Fault("answers " + instead.status(), Socket.NORMAL, reply -> instead);
  }

  public static Fault status(int status) {
    return answers(FakeReply.status(status));
  }

  public static Fault rateLimited(Duration retryAfter) {
    return answers(
        FakeReply.status(429).header("Retry-After", Long.toString(retryAfter.toSeconds())));
  }

  /** The connection is reset before any header. */
  public static Fault reset() {
    return new Fault("resets", Socket.RESET_BEFORE_HEADERS, reply -> reply);
  }

  /** A valid status, a right Content-Length, and half of the body. */
  public static Fault truncated() {
    return new Fault("is cut in its body", Socket.CUT_BODY, reply -> reply);
  }

  /** Never answers. */
  public static Fault stall() {
    return new Fault("never answers", Socket.STALL, reply -> reply);
  }

  /** One byte a second. */
  public static Fault trickle() {
    return new Fault("trickles", Socket.TRICKLE, reply -> reply);
  }

  Socket socket() {
    return socket;
  }

  FakeReply change(FakeReply reply) {
    return this.reply.apply(reply);
  }

  @Override
  public String toString() {
    return name;
  }
}
