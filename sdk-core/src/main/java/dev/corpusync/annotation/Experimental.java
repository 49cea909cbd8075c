package dev.corpusync.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a part of the public API that may still change or be removed in a minor release.
 *
 * <p>Everything public and exported that is not marked keeps source and binary compatibility within
 * a major version, from 1.0 on. A marked package or type marks all of its members. The changelog
 * names every change of a marked part, with what to write instead. Data that is already stored is
 * migrated in either case.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.PACKAGE,
  ElementType.TYPE,
  ElementType.METHOD,
  ElementType.CONSTRUCTOR,
  ElementType.FIELD
})
public @interface Experimental {}
