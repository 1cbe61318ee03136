#!/bin/sh
# simple-oauth2 5.1.0 and arctic 3.7.0: a token endpoint that refuses with status 200 (TikTok's has:
# `{"error":"invalid_grant",…}`; RFC 6749, 5.2, wants 400) is taken for a grant. `getToken` of
# simple-oauth2 gives a token that holds the error, and `expired()` of it is false; arctic gives tokens
# that raise only once one is taken out, without the error's word. So: look for `access_token` before
# anything else, and for `error` to know why.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --ignore-scripts --no-audit --no-fund simple-oauth2@5.1.0 arctic@3.7.0

cat >try.mjs <<'JS'
import { createServer } from "node:http";
import { OAuth2Client } from "arctic";
import { AuthorizationCode } from "simple-oauth2";

const server = createServer((_, response) => {
  response.setHeader("content-type", "application/json");
  response.end('{"error":"invalid_grant","error_description":"used","log_id":"1"}');
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const tokenHost = `http://127.0.0.1:${server.address().port}`;

const simple = new AuthorizationCode({ client: { id: "id", secret: "secret" }, auth: { tokenHost } });
const taken = await simple.getToken({ code: "code", redirect_uri: "https://app.example/callback" });
console.log("simple-oauth2 5.1.0:", JSON.stringify(taken.token), "expired:", taken.expired());

const arctic = new OAuth2Client("id", "secret", "https://app.example/callback");
const tokens = await arctic.validateAuthorizationCode(`${tokenHost}/token`, "code", null);
let raised = "nothing";
try {
  tokens.accessToken();
} catch (error) {
  raised = error.message;
}
console.log("arctic 3.7.0: tokens of", JSON.stringify(tokens.data), "raise:", raised);
server.close();
const isSo = taken.token.error === "invalid_grant" && !taken.expired()
  && tokens.data.error === "invalid_grant" && !raised.includes("invalid_grant");
process.exit(isSo ? 0 : 1);
JS
node try.mjs
