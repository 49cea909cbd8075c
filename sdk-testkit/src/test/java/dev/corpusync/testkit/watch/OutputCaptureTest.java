package dev.corpusync.testkit.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OutputCaptureTest {
  @Test
  void captures_every_way_of_saying_something_and_nothing_once_it_is_closed() {
    try (OutputCapture tap = OutputCapture.open()) {
      LoggerFactory.getLogger("a").trace("one {}", 1);
      Logger.getLogger("b").log(Level.FINEST, "two");
      System.out.println("three");
      System.err.println("four");
      LoggerFactory.getLogger("c").debug("five", new IllegalStateException(new Exception("six")));
      assertThat(tap.drain()).contains("one 1", "two", "three", "four", "five", "six");
      assertThat(tap.drain()).isEmpty();
      assertThat(tap.lines()).as("lines that a person would be shown").isEqualTo(2);
      tap.close();
      LoggerFactory.getLogger("a").error("seven");
      assertThat(tap.drain()).isEmpty();
    }
  }

  @Test
  void says_what_it_captures() {
    assertThat(OutputCapture.coverage()).contains("SLF4J at every level");
  }
}
