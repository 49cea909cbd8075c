package dev.corpusync.http;

public class HttpClients {
  public static B builder() {
    return new B();
  }

  public static class B {
    public B time(Object o) {
      return this;
    }

    public B random(Object o) {
      return this;
    }

    public dev.corpusync.extract.ApiFactory build() {
      throw new UnsupportedOperationException();
    }
  }
}
