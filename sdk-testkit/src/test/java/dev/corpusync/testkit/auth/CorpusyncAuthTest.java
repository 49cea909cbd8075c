package dev.corpusync.testkit.auth;

/** The authentication rules, applied to this SDK. */
class CorpusyncAuthTest extends AuthContract {
  @Override
  protected AuthSubject subject() {
    return AuthSubject.corpusync();
  }
}
