package dev.corpusync.testkit.scan;

import java.util.List;

/** What a connector leaves to the engine. */
public enum Forbidden {
  /** Clocks, chance, and what differs from machine to machine. */
  CLOCK_AND_CHANCE(
      "java.time.Instant.now",
      "java.time.LocalDate.now",
      "java.time.LocalTime.now",
      "java.time.LocalDateTime.now",
      "java.time.OffsetDateTime.now",
      "java.time.ZonedDateTime.now",
      "java.time.Year.now",
      "java.time.YearMonth.now",
      "java.time.Clock.system*",
      "java.time.ZoneId.systemDefault",
      "java.lang.System.currentTimeMillis",
      "java.lang.System.nanoTime",
      "java.lang.System.identityHashCode",
      "java.util.Date.<init>()V",
      "java.util.GregorianCalendar.<init>()V",
      "java.util.Calendar.getInstance",
      "java.util.TimeZone.getDefault",
      "java.util.Locale.getDefault",
      "java.lang.Math.random",
      "java.util.UUID.randomUUID",
      "java.util.Random.<init>()V",
      "java.util.SplittableRandom.<init>()V",
      "java.util.random.RandomGenerator.getDefault",
      "java.util.concurrent.ThreadLocalRandom.current",
      "java.security.SecureRandom.*"),
  /** Waiting, threads, sockets, files, processes. */
  EFFECTS(
      "java.lang.Thread.sleep",
      "java.lang.Thread.<init>",
      "java.lang.Thread.start*",
      "java.lang.Thread.ofVirtual",
      "java.lang.Object.wait",
      "java.util.concurrent.TimeUnit.sleep",
      "java.util.concurrent.locks.LockSupport.park*",
      "java.util.concurrent.CountDownLatch.await",
      "java.util.concurrent.Executors.*",
      "java.util.concurrent.ForkJoinPool.*",
      "java.util.concurrent.ThreadPoolExecutor.*",
      "java.util.concurrent.CompletableFuture.supplyAsync",
      "java.util.concurrent.CompletableFuture.runAsync",
      "java.util.Timer.*",
      "java.util.Collection.parallelStream",
      "java.util.List.parallelStream",
      "java.util.Set.parallelStream",
      "java.util.stream.Stream.parallel",
      "java.net.http.*",
      "java.net.URL.open*",
      "java.net.URL.getContent",
      "java.net.URLConnection.*",
      "java.net.HttpURLConnection.*",
      "java.net.Socket.*",
      "java.net.ServerSocket.*",
      "java.net.DatagramSocket.*",
      "java.net.InetAddress.get*ByName",
      "java.nio.channels.*",
      "javax.net.*",
      "okhttp3.*",
      "retrofit2.*",
      "org.apache.http.*",
      "org.apache.hc.*",
      "java.nio.file.Files.*",
      "java.io.File.*",
      "java.io.FileInputStream.*",
      "java.io.FileOutputStream.*",
      "java.io.FileReader.*",
      "java.io.FileWriter.*",
      "java.io.RandomAccessFile.*",
      "java.lang.System.exit",
      "java.lang.System.setProperty",
      "java.lang.System.load*",
      "java.lang.Runtime.*",
      "java.lang.ProcessBuilder.*",
      "java.sql.*",
      "javax.sql.*");

  private static final String CLOCK_GIVEN = "(Ljava/time/Clock;)";
  private final List<String> patterns;

  Forbidden(String... patterns) {
    this.patterns = List.of(patterns);
  }

  boolean holds(String owner, String member, String descriptor) {
    String name = owner + "." + member;
    return !descriptor.startsWith(CLOCK_GIVEN)
        && patterns.stream()
            .anyMatch(
                p ->
                    p.contains("(")
                        ? p.equals(name + descriptor)
                        : p.endsWith("*")
                            ? name.startsWith(p.substring(0, p.length() - 1))
                            : p.equals(name));
  }
}
