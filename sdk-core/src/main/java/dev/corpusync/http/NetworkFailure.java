package dev.corpusync.http;

import dev.corpusync.sync.RequestFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why a request got no whole answer, in words that say what to do. A closed value.
 *
 * @param what the predicate of a message whose subject is the call
 * @param cause only where its message is about the network: a parser's quotes what it read
 */
record NetworkFailure(RequestFailure kind, String what, @Nullable Throwable cause) {
  static NetworkFailure of(IOException e, String authority) {
    RequestFailure kind = kind(e);
    String what =
        switch (kind) {
          case UNKNOWN_HOST ->
              "could not connect to " + authority + ": the host name is unknown. Check the address";
          case UNREACHABLE ->
              "could not connect to "
                  + authority
                  + ": nothing answers there. Check the address, the network and the firewall";
          case TLS ->
              "could not make a secure connection to "
                  + authority
                  + ". Check the address and the certificate";
          case TIMEOUT ->
              isConnecting(e)
                  ? "could not connect to " + authority + ": no answer in time"
                  : "got no answer in time";
          default ->
              "got no whole answer: the connection broke off ("
                  + e.getClass().getSimpleName()
                  + ")";
        };
    return new NetworkFailure(kind, what, kind == RequestFailure.CONNECTION_LOST ? null : e);
  }

  static RequestFailure kind(IOException e) {
    if (e instanceof UnknownHostException) {
      return RequestFailure.UNKNOWN_HOST;
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return RequestFailure.UNREACHABLE;
    }
    if (e instanceof SSLException) {
      return RequestFailure.TLS;
    }
    return e instanceof InterruptedIOException
        ? RequestFailure.TIMEOUT
        : RequestFailure.CONNECTION_LOST;
  }

  private static boolean isConnecting(IOException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("connect");
  }
}
