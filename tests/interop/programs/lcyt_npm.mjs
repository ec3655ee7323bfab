// npm's lcyt as a caption program: `node lcyt_npm.mjs INGESTION-URL < captions.jsonl`, each line a batch of texts.
// Sets its clock by the server's first, as its authors advise; prints the status of each answer.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const { YoutubeLiveCaptionSender } = createRequire(new URL("../../../client/", import.meta.url))("lcyt");

const sender = new YoutubeLiveCaptionSender({ ingestionUrl: process.argv[2], useRegion: true });
sender.start();
await sender.sync();
console.log((await sender.heartbeat()).statusCode);
for await (const line of createInterface({ input: process.stdin })) {
  const { statusCode } = await sender.sendBatch(JSON.parse(line).map((text) => ({ text })));
  console.log(statusCode);
}
sender.end();
