package dev.corpusync.testkit.world;

/** Someone who writes and reads at the source. */
public record Person(int number, String login, String name) {
  public String email() {
    return login + "@acme.example";
  }
}
