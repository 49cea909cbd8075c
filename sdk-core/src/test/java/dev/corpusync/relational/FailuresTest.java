package dev.corpusync.relational;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
  @ParameterizedTest
  @CsvSource({
    "57014,statement_timeout",
    "55P03,lock_timeout",
    "25P03,idle_in_transaction_session_timeout",
    "53300,max_connections",
    "53200,out of memory",
    "53100,disk is full",
    "58030,Check its disk",
    "57P01,cannot be reached",
    "08006,cannot be reached",
    "99999,log of the server",
  })
  void a_failure_of_postgresql_says_what_to_do(String state, String advice) {
    assertThat(Failures.of("x", Database.POSTGRESQL.dialect(), new SQLException("s3cret", state)))
        .hasMessageContaining(advice)
        .hasMessageContaining("SQLState " + state)
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "5,another process holds its lock",
    "7,not enough memory",
    "8,read-only",
    "10,could not be read or written",
    "778,could not be read or written",
    "11,damaged",
    "13,disk is full",
    "14,cannot be opened",
    "26,damaged",
    "1,result code",
  })
  void a_failure_of_sqlite_says_what_to_do(int code, String advice) {
    assertThat(Failures.of("x", Database.SQLITE.dialect(), new SQLException("s3cret", null, code)))
        .hasMessageContaining(advice)
        .hasMessageContaining("SQLState none, code " + code)
        .hasMessageNotContaining("s3cret");
  }
}
