"""What is kept: journals, transcripts, people. The only folder that knows the engine (Redis or Valkey)."""
