"""LibreOffice, as a person has it: opens a file, prints it or saves it as something else."""

from __future__ import annotations

import subprocess
from pathlib import Path

_AS_UTF_8 = "44,34,76,1"
"""Commas, quotation marks, UTF-8, from the first line."""


def saved(data: bytes, kind: str, to: str, folder: Path) -> Path:
    """The folder that holds what it was saved as."""
    (folder / f"file.{kind}").write_bytes(data)
    how = [f"--infilter=CSV:{_AS_UTF_8}"] if kind == "csv" else []
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", *how]
    made = folder / "made"
    subprocess.run(
        [*command, "--convert-to", to, "--outdir", str(made), f"file.{kind}"],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=150,
    )
    return made


def printed(data: bytes, kind: str, folder: Path) -> list[str]:
    """What is read on each page."""
    return read_by_poppler(saved(data, kind, "pdf", folder))


def read_by_poppler(folder: Path) -> list[str]:
    """What is read on each page of `file.pdf`."""
    told = subprocess.run(
        ["pdftotext", "-layout", "file.pdf", "-"], cwd=folder, check=True, capture_output=True, timeout=60
    )
    return told.stdout.decode().split("\f")[:-1]


def sheets_saved(data: bytes, folder: Path) -> dict[str, str]:
    """Each sheet as CSV, by its name, with what its cells show."""
    every = f"csv:Text - txt - csv (StarCalc):{_AS_UTF_8},,0,false,true,false,false,false,-1"
    made = saved(data, "xlsx", every, folder)
    return {one.stem.removeprefix("file-"): one.read_text(encoding="utf-8") for one in made.glob("file-*.csv")}
