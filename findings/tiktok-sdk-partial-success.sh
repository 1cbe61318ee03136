#!/bin/sh
# tiktok-business-api-sdk-official 1.1.3 (npm), TikTok API for Business v1.3: an answer with `code` 20001,
# "part of the batch was done", is an error to the SDK: the callback gets an `Error` whose text names the
# request, the message and the code, and not what failed. What was done and what wasn't comes beside it, as
# the second argument. Whoever stops at the error, as Node's callbacks are read and as `util.promisify` does,
# takes a batch for failed that was done in part, and sends it again. So: look at the second argument first.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --ignore-scripts --no-audit --no-fund tiktok-business-api-sdk-official@1.1.3

cat >try.mjs <<'JS'
import { createServer } from "node:http";
import { promisify } from "node:util";
import { ApiClient, CampaignCreationApi } from "tiktok-business-api-sdk-official";

const campaign_ids = ["1843312852800706", "1843312852800707"];
const answer = {
  code: 20001,
  message: "Partial success",
  request_id: "202611300001",
  data: { campaign_ids: campaign_ids.slice(0, 1), status: "DISABLE" },
};
const server = createServer((_, response) => {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(answer));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
ApiClient.instance.basePath = `http://127.0.0.1:${server.address().port}`;

const api = new CampaignCreationApi();
const body = { advertiser_id: "1", campaign_ids, operation_status: "DISABLE" };
const call = (done) => api.campaignStatusUpdate("token", { body }, done);
const [error, data] = await new Promise((resolve) => call((...all) => resolve(all)));
const rejected = await promisify(call)().then(
  () => "nothing",
  (why) => why.message,
);
server.close();
console.log("tiktok-business-api-sdk-official 1.1.3");
console.log("error:", error?.message);
console.log("beside it:", JSON.stringify(data?.data));
console.log("promisified, it raises:", rejected);
const isSo =
  error instanceof Error &&
  error.message.includes("20001") &&
  !error.message.includes(campaign_ids[0]) &&
  JSON.stringify(data?.data) === JSON.stringify(answer.data) &&
  rejected === error.message;
process.exit(isSo ? 0 : 1);
JS
node try.mjs
