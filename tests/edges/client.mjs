// socket.io-client as a page uses it: comes in, follows a track, sends a command, and prints what it heard as JSON.
// Arguments: the folder whose node_modules hold socket.io-client, the address, and {auth, transports, command, upgrades}.

import { createRequire } from "node:module";

const [modules, url, wishes] = process.argv.slice(2);
const { io } = createRequire(`${modules}/`)("socket.io-client");
const { auth, transports, command, upgrades } = JSON.parse(wishes);

const socket = io(url, { auth, transports, reconnection: false });
const heard = { events: [], captions: [] };

const once = (emitter, event) => new Promise((resolve) => emitter.once(event, resolve));
const ask = (event, payload) => new Promise((resolve) => socket.emit(event, payload, resolve));

socket.on("view", (view) => heard.events.push(["view", view.scope, socket.connected]));
socket.on("captions", (frame) => heard.captions.push(...frame.segments.map((segment) => segment.text)));

function done(outcome) {
  console.log(JSON.stringify({ ...heard, ...outcome }));
  socket.close();
}

socket.on("connect_error", (error) => done({ refused: error.message, data: error.data }));

socket.on("connect", async () => {
  const { engine } = socket.io;
  if (upgrades && engine.transport.name !== "websocket") await once(engine, "upgrade");
  const followed = await ask("follow", { tracks: ["en"], since: {} });
  const answer = await ask("command", { id: "1", command });
  const again = await ask("command", { id: "1", command });
  const unknown = await ask("shout", {});
  done({ transport: engine.transport.name, followed, answer, again, unknown });
});
