# tiktok-business-api-sdk-official 1.1.3 (npm), TikTok API for Business v1.3: a video that is given to `adVideoUpload`
# as a stream of Node's isn't sent. The SDK tells streams by `require`, which modules (it is one, `"type": "module"`)
# don't have, and writes what it takes for an ordinary object as JSON: the field `video_file` holds the stream's own
# state, the path on the sender's disk with it, and no byte of the file. A Buffer is sent whole, under the field's name
# in place of the file's, whatever `file_name` says. So: read the file first, and tell its type by its bytes.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --ignore-scripts --no-audit --no-fund tiktok-business-api-sdk-official@1.1.3
printf '\000\000\000\030ftypisom\000\000\002\000isomiso2a small clip' >clip.mp4

cat >try.mjs <<'JS'
import { createReadStream, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { ApiClient, FileApi } from "tiktok-business-api-sdk-official";

let sent = "";
const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  sent = Buffer.concat(parts).toString("latin1");
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ code: 0, message: "OK", request_id: "202611300002", data: {} }));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
ApiClient.instance.basePath = `http://127.0.0.1:${server.address().port}`;

/** The part of the body that is the video's: its head, and what it holds. */
async function upload(video_file) {
  const opts = { advertiser_id: "1", file_name: "spring.mp4", upload_type: "UPLOAD_BY_FILE", video_file };
  await new Promise((resolve) => new FileApi().adVideoUpload("token", opts, resolve));
  const part = sent.split("\r\n--").find((part) => part.includes('name="video_file"'));
  const end = part.indexOf("\r\n\r\n");
  return { head: part.slice(0, end), content: part.slice(end + 4) };
}

const bytes = readFileSync("clip.mp4");
const stream = await upload(createReadStream("clip.mp4"));
const buffer = await upload(bytes);
server.close();
console.log("tiktok-business-api-sdk-official 1.1.3");
console.log("a stream:", stream.content.slice(0, 40), "…, path", JSON.parse(stream.content).path);
console.log("a Buffer:", buffer.content.length, "bytes;", buffer.head.match(/filename="[^"]*"/)?.[0]);
const isSo =
  JSON.parse(stream.content).path === "clip.mp4" &&
  !stream.content.includes("a small clip") &&
  !stream.head.includes("filename") &&
  buffer.content === bytes.toString("latin1") &&
  buffer.head.includes('filename="video_file"');
process.exit(isSo ? 0 : 1);
JS
node try.mjs
