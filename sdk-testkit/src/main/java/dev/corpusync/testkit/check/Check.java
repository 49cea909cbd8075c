package dev.corpusync.testkit.check;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/** A rule that every connector keeps. On {@code public final} methods only. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Test
public @interface Check {
  /** Area and number; never used again for another rule. */
  String id();

  /** What must hold, in one sentence. */
  String rule();

  /** What the check does. This and the next two texts are Markdown, for {@code docs/checks.md}. */
  String does() default "";

  /** Why connectors break the rule, or what it costs. */
  String why() default "";

  /** What the author of a connector does about a failure. */
  String whenItFails() default "";

  Level level() default Level.MUST;

  /** What a connector must have for the rule to say anything about it. */
  Need[] needs() default {};

  /** How much a rule binds. */
  enum Level {
    /** For every connector. */
    MUST,
    /** For a certified one. */
    SHOULD
  }
}
