"""Parts of aiohttp and of Engine.IO and Socket.IO are replaced in edges/; a new version that moves them is noticed."""

from __future__ import annotations

import hashlib
import inspect

import pytest
from aiohttp import base_protocol, web_protocol, web_runner, web_server, web_ws
from aiohttp._websocket import reader_py
from engineio import async_server as engine
from engineio import async_socket as engine_socket
from engineio import base_server as engine_base
from engineio import packet as engine_packet
from engineio.async_drivers import aiohttp as driver
from socketio import async_manager, async_server, base_manager, packet

REPLACED = {
    engine.AsyncServer.handle_request: "1a8c878e35166cfe",
    engine.AsyncServer._handle_connect: "5bd7edc1d1ae115a",
    engine.AsyncServer._trigger_event: "4a09b6e47eb66532",
    engine.AsyncServer.attach: "7874d4dc1c319bc6",
    engine.AsyncServer.disconnect: "8bb6448caae41ca6",
    engine.AsyncServer.send_packet: "c54317440865030d",
    engine.AsyncServer.shutdown: "3f734c62c291d56a",
    engine_base.BaseServer.__init__: "a06b17502fbd9646",
    engine_base.BaseServer.generate_id: "b6a591454237c0bb",
    engine_base.BaseServer._get_socket: "ae2f99e66d632944",
    engine_base.BaseServer._upgrades: "040ebcdf64fbf1b3",
    engine_base.BaseServer._cors_headers: "da3a25b4305292e2",
    engine_socket.AsyncSocket: "af72dafc541d46e6",
    driver: "48e53d28ea2bbbf3",
    async_server.AsyncServer._trigger_event: "01ba90cfa09ba43e",
    async_server.AsyncServer._handle_connect: "c97c480cf777de36",
    async_server.AsyncServer._handle_disconnect: "c0b32ada5b371230",
    async_server.AsyncServer._handle_event: "65178105ef8b593d",
    async_server.AsyncServer._handle_eio_connect: "76704886d944a7e6",
    async_server.AsyncServer._handle_eio_message: "bef50fc0e1635921",
    async_server.AsyncServer._handle_eio_disconnect: "9344593148b66fd9",
    async_server.AsyncServer._send_packet: "a00022b42c1c29e9",
    async_server.AsyncServer._send_eio_packet: "64cf72a2ab7d75b1",
    async_server.AsyncServer.disconnect: "7d2f76686c12cc23",
    async_manager.AsyncManager: "93e3af0127f9a042",
    base_manager.BaseManager: "b393b4c05dbd88e2",
    engine_packet.Packet: "a0d70ee4777b3af6",
    base_protocol.BaseProtocol: "b8cbe831e85f09b9",
    web_protocol.RequestHandler.connection_made: "44d50b5763b2c7e4",
    web_protocol.RequestHandler.connection_lost: "df2fe6e95fd04c7c",
    web_protocol.RequestHandler.finish_response: "b7eb53db8f4b30ca",
    web_protocol.RequestHandler.log_access: "8fe11475a9a5af24",
    web_protocol.RequestHandler.set_parser: "bb548eb2b85d5c28",
    web_protocol.RequestHandler.start: "2e565fd40c8e04fb",
    web_runner.BaseRunner.cleanup: "a53a459c698cb522",
    web_runner.AppRunner._make_server: "2d5358865abd00e3",
    web_runner.TCPSite.start: "0baaeca3d4f956ad",
    web_server.Server: "8c9d06ee1abd08e5",
    web_ws.WebSocketResponse._handshake: "95b5e704a7821784",
    web_ws.WebSocketResponse.can_prepare: "3c5c39c5df1bf434",
    reader_py.WebSocketDataQueue: "526af2531df720ee",
    reader_py.WebSocketReader: "a2db8242e7f27072",
    packet.Packet.__init__: "5fe2fa797e082c1d",
    packet.Packet.data_is_binary: "464dded7ae952a64",
    packet.Packet.decode: "61ad7904b539f472",
    packet.Packet.add_attachment: "01e024038f3d99f5",
}


@pytest.mark.parametrize("place", REPLACED, ids=lambda place: getattr(place, "__qualname__", place.__name__))
def test_the_libraries_are_as_they_were_when_parts_of_them_were_replaced(place: object) -> None:
    """When this fails, read what the new version changed there, carry it over to edges/, and note the new sum."""
    assert hashlib.sha256(inspect.getsource(place).encode()).hexdigest()[:16] == REPLACED[place]  # type: ignore[arg-type]
