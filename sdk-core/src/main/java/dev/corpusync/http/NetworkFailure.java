package dev.corpusync.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why no whole answer came, told apart by what to do.
 *
 * @param cause only where its message is about the network: a parser's quotes what it read
 */
record NetworkFailure(String what, @Nullable Throwable cause) {
  static NetworkFailure of(IOException e, String authority) {
    if (e instanceof UnknownHostException) {
      return new NetworkFailure(
          "could not connect to " + authority + ": no such name. Check the address", e);
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return new NetworkFailure(
          "could not connect to "
              + authority
              + ": nobody answers there. Check the address, the network and the firewall",
          e);
    }
    if (e instanceof SSLException) {
      return new NetworkFailure(
          "could not make a secure connection to "
              + authority
              + ". Check the address and the certificate",
          e);
    }
    if (e instanceof InterruptedIOException) {
      boolean connecting =
          String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("connect");
      return new NetworkFailure(
          connecting
              ? "could not connect to " + authority + ": no answer in time"
              : "got no answer in time",
          e);
    }
    return new NetworkFailure(
        "got no whole answer: the connection broke off (" + e.getClass().getSimpleName() + ")",
        null);
  }
}
