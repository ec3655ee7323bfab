"""A file that can be spared. On a full disk the engine exits; without the ballast it can start and write again."""

from __future__ import annotations

import shutil
from pathlib import Path

MEGABYTE = 1_048_576
WEIGHT = 16 * MEGABYTE
"""Room for some 50,000 decisions: enough to end a session."""
LOW = 4 * MEGABYTE
"""With less free space than this, the ballast is thrown."""


class Ballast:
    """The ballast of one data folder; every process may tend it."""

    def __init__(self, data: Path, weight: int = WEIGHT) -> None:
        self._data, self._file, self._weight = data, data / "engine.ballast", weight

    def free(self) -> int:
        """Bytes that are free on the disk, without the ballast's own."""
        return shutil.disk_usage(self._data).free

    def low(self) -> bool:
        """Whether the staff should make room now: the ballast is gone or about to go."""
        return self.free() < max(LOW, self._weight)

    def take_on(self) -> None:
        """Makes the file where there is ample room for it, and only there."""
        if self._file.exists() or self.free() < 4 * self._weight:
            return
        try:
            with self._file.open("wb") as file:
                for _ in range(self._weight // MEGABYTE):
                    file.write(bytes(MEGABYTE))
        except OSError:
            self._file.unlink(missing_ok=True)

    def throw(self) -> bool:
        """Removes the file if space is low. Whether it did."""
        if self.free() >= LOW or not self._file.exists():
            return False
        self._file.unlink(missing_ok=True)
        return True
