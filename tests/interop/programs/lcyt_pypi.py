"""PyPI's lcyt as a caption program: `python lcyt_pypi.py INGESTION-URL < captions.jsonl`, each line a batch of texts.

Prints the status of each answer.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

from lcyt import Caption, YoutubeLiveCaptionSender

sender = YoutubeLiveCaptionSender(ingestion_url=sys.argv[1], use_region=True).start()
print(sender.heartbeat().status_code)
for line in sys.stdin:
    # It gives times to those that have none, and cannot count past a second's end.
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    print(sender.send_batch([Caption(text, at) for text in json.loads(line)]).status_code)
sender.end()
