// A page's Socket.IO client, of the version that is named, led from outside. Prints each thing it hears as a line of
// JSON, [event, payload], and asks what a line [number, event, payload] on standard input says. Leaves at its end.
// Arguments: the folder whose node_modules hold the client, the package's name, the address, and its options.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [modules, name, url, options] = process.argv.slice(2);
const { io } = createRequire(`${modules}/`)(name);

const socket = io(url, { ...JSON.parse(options), reconnectionDelay: 20, reconnectionDelayMax: 100 });
const tell = (event, payload) => console.log(JSON.stringify([event, payload]));

for (const event of ["view", "captions", "status", "leaving"]) {
  socket.on(event, (payload) => tell(event, payload));
}
socket.on("connect_error", ({ message, data = null }) => tell("connect_error", { message, data }));
socket.on("disconnect", (reason) => {
  tell("disconnect", reason);
  // Whom the server sent away asks again by itself, as our pages do.
  if (reason === "io server disconnect") socket.connect();
});
socket.on("connect", () => {
  const { engine } = socket.io;
  tell("connect", engine.transport.name);
  engine.on("upgrade", (transport) => tell("upgrade", transport.name));
});

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const [number, event, payload] = JSON.parse(line);
    socket.emit(event, payload, (answer) => tell("answer", [number, answer]));
  })
  .on("close", () => socket.close());
