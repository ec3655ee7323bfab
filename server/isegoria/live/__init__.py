"""One replica's live copies."""
