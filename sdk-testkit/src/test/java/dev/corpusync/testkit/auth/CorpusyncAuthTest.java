package dev.corpusync.testkit.auth;

/** This SDK keeps the rules. */
class CorpusyncAuthTest extends AuthContract {
  @Override
  protected AuthSubject subject() {
    return AuthSubject.corpusync();
  }
}
