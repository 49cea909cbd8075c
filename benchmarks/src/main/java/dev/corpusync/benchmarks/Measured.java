package dev.corpusync.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * The measurements of one run.
 *
 * @param allocated bytes allocated by all threads that live at its end; contenders end theirs in
 *     close()
 */
record Measured(double seconds, double cpuSeconds, long allocated) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  static Measured of(Runnable work) {
    System.gc();
    Map<Long, Long> before = allocations();
    long cpu = SYSTEM.getProcessCpuTime();
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuSeconds = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
    long allocated = 0;
    for (Map.Entry<Long, Long> thread : allocations().entrySet()) {
      allocated += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
    }
    return new Measured(seconds, cpuSeconds, allocated);
  }

  private static Map<Long, Long> allocations() {
    long[] ids = THREADS.getAllThreadIds();
    long[] bytes = THREADS.getThreadAllocatedBytes(ids);
    Map<Long, Long> all = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      all.put(ids[i], Math.max(0, bytes[i]));
    }
    return all;
  }
}
