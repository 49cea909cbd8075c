package dev.corpusync.http;

/** Receives a text byte by byte, each with the range of the source that it was written at. */
@FunctionalInterface
interface SecretMatcher {
  void accept(byte value, int start, int end);
}
