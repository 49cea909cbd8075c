package dev.corpusync.benchmarks.contender;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.Job;
import org.springframework.batch.core.JobExecution;
import org.springframework.batch.core.JobExecutionException;
import org.springframework.batch.core.JobParameters;
import org.springframework.batch.core.Step;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.launch.support.TaskExecutorJobLauncher;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.core.task.SyncTaskExecutor;

/**
 * A Spring Batch job of one step. Its job repository stores nothing: the fastest option, and a job
 * that dies cannot be resumed.
 */
final class Batch {
  private final JobRepository repository = new ResourcelessJobRepository();

  /** Creates the step. */
  interface Steps {
    Step of(JobRepository repository);
  }

  void run(Steps steps) {
    try {
      TaskExecutorJobLauncher launcher = new TaskExecutorJobLauncher();
      launcher.setJobRepository(repository);
      launcher.setTaskExecutor(new SyncTaskExecutor());
      launcher.afterPropertiesSet();
      Job job = new JobBuilder("tickets", repository).start(steps.of(repository)).build();
      JobExecution done = launcher.run(job, new JobParameters());
      if (done.getStatus() != BatchStatus.COMPLETED) {
        throw new IllegalStateException(done.getAllFailureExceptions().toString());
      }
    } catch (JobExecutionException e) {
      throw new IllegalStateException(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
