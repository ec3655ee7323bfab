"""Lock files. A lock lives as long as somebody holds its open file: a process that is killed lets go by itself."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class FileLock:
    """One holder of a lock file, by its own open file; two holders in one process count as two.

    No call waits. Between losing one mode and gaining another there is no moment that is protected.
    """

    def __init__(self, path: Path) -> None:
        """Opens the file, which is made if missing. Raises OSError."""
        self.fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def exclusive(self) -> bool:
        """Whether this is now the only holder. After False, a lock that was held may be lost."""
        return self._flock(fcntl.LOCK_EX)

    def shared(self) -> bool:
        """Whether this is now a holder beside others."""
        return self._flock(fcntl.LOCK_SH)

    def close(self) -> None:
        """Lets go, unless a child process inherited the open file: then the lock is the child's."""
        os.close(self.fd)

    def _flock(self, mode: int) -> bool:
        try:
            fcntl.flock(self.fd, mode | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
