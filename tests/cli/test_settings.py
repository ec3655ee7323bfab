"""Settings: from the environment, read once, and never with a password in sight."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path

import pytest

from isegoria.domain.errors import Refused
from isegoria.settings import Settings, read_settings


@pytest.fixture(autouse=True)
def _nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ISEGORIA_{name.upper()}", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)


def test_what_nobody_says() -> None:
    settings = read_settings()
    assert (settings.data, settings.engine_url, settings.address) == (Path("var"), None, "http://127.0.0.1:8080")
    assert settings.allowed_origins == ("http://127.0.0.1:8080",)


def test_the_environment_counts_and_the_command_line_counts_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISEGORIA_DATA", "/data")
    monkeypatch.setenv("ISEGORIA_PORT", "9000")
    monkeypatch.setenv("REDIS_URL", "redis://engine:6379/0")
    settings = read_settings(port=9001, data=None)
    assert (settings.data, settings.port, settings.engine_url) == (Path("/data"), 9001, "redis://engine:6379/0")


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISEGORIA_ORIGINS", "https://a.example, https://b.example/")
    monkeypatch.setenv("ISEGORIA_TRUSTED_PROXIES", "10.0.0.0/8,::1")
    monkeypatch.setenv("ISEGORIA_PUBLIC_URL", "https://floor.example/")
    settings = read_settings()
    assert settings.allowed_origins == ("https://floor.example", "https://a.example", "https://b.example")
    assert settings.trusted_proxies == (ip_network("10.0.0.0/8"), ip_network("::1"))


def test_an_ipv6_address_stands_in_brackets() -> None:
    assert read_settings(host="::1").address == "http://[::1]:8080"


def test_a_password_is_not_in_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://:hunter2@engine:6379/0")
    settings = read_settings()
    assert "hunter2" not in f"{settings!r} {settings} {settings.model_dump_json()}"
    assert settings.engine_url == "redis://:hunter2@engine:6379/0"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("ISEGORIA_PORT", "http", "ISEGORIA_PORT: "),
        ("ISEGORIA_PORT", "70000", "ISEGORIA_PORT: "),
        ("ISEGORIA_WORDLY_URL", "https://wordly.example", "ISEGORIA_WORDLY_URL: an address that begins with wss://"),
        ("ISEGORIA_WORDLY_URL", "wss:///attend", "ISEGORIA_WORDLY_URL: "),
        (
            "ISEGORIA_STREAMTEXT_URL",
            "file:///etc/passwd",
            "ISEGORIA_STREAMTEXT_URL: an address that begins with https://",
        ),
        ("ISEGORIA_PUBLIC_URL", "floor.example", "ISEGORIA_PUBLIC_URL: an address like https://"),
        ("ISEGORIA_PUBLIC_URL", "https://floor.example/path", "ISEGORIA_PUBLIC_URL: an address like https://"),
        ("ISEGORIA_TRUSTED_PROXIES", "proxy", "ISEGORIA_TRUSTED_PROXIES: "),
        ("ISEGORIA_LOG_FORMAT", "xml", "ISEGORIA_LOG_FORMAT: "),
    ],
)
def test_what_does_not_fit_is_told_by_the_variables_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Refused) as caught:
        read_settings()
    assert caught.value.message.startswith(told)


def test_what_is_empty_counts_as_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "")
    monkeypatch.setenv("ISEGORIA_PORT", "")
    assert (read_settings().engine_url, read_settings().port) == (None, 8080)
