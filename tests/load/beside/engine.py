"""What the engine of the replicas does meanwhile: bytes that leave it, commands, processor time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from redis.asyncio import Redis

from isegoria.store.note import read_note


@dataclass(frozen=True, slots=True)
class Work:
    """Since the engine started."""

    at_s: float
    sent_bytes: float
    commands: float
    processor_s: float

    @classmethod
    async def read(cls, data: Path) -> Work:
        note = read_note(data)
        assert note, "the server runs"
        async with Redis(unix_socket_path=note.socket) as engine:
            info = await engine.info("everything")
        cpu = info["used_cpu_sys"] + info["used_cpu_user"]
        sent, commands = info["total_net_output_bytes"], info["total_commands_processed"]
        return cls(time.monotonic(), float(sent), float(commands), float(cpu))

    def since(self, before: Work) -> dict[str, float]:
        lasted = self.at_s - before.at_s
        return {
            "KB a second from the engine": (self.sent_bytes - before.sent_bytes) / 1_024 / lasted,
            "commands a second at the engine": (self.commands - before.commands) / lasted,
            "engine's share of its core": (self.processor_s - before.processor_s) / lasted,
        }
