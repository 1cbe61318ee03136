#!/bin/sh
# better-auth 1.7.25 and arctic 3.7.0, TikTok: the token answer's `scope` is a list with commas (RFC 6749,
# 3.3, wants spaces) and is read as one scope of that name, so that a scope which the user denied, or took
# back before a renewal, can't be told from the list. And the end of the refresh token is `refresh_expires_in`
# there: better-auth reads `refresh_token_expires_in`, and knows of no end. So: split `scope` by commas, and
# read both from the answer itself (`raw` of better-auth's exchange has it, its refresh hasn't; `data` of
# arctic's).
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --ignore-scripts --no-audit --no-fund better-auth@1.7.25 arctic@3.7.0

cat >try.mjs <<'JS'
import { TikTok } from "arctic";
import { tiktok } from "better-auth/social-providers";

const answer = {
  open_id: "open-id",
  scope: "user.info.basic,user.info.profile",
  access_token: "act.example",
  expires_in: 86400,
  refresh_token: "rft.example",
  refresh_expires_in: 31536000,
  token_type: "Bearer",
};
globalThis.fetch = async () => Response.json(answer);
const redirect = "https://app.example/callback";

const betterAuth = tiktok({ clientKey: "key", clientSecret: "secret" });
const exchanged = await betterAuth.validateAuthorizationCode({ code: "code", redirectURI: redirect });
const refreshed = await betterAuth.refreshAccessToken("rft.example");
const one = (scopes) => scopes.length === 1 && scopes[0] === answer.scope;
let isSo = true;
for (const [name, tokens] of Object.entries({ exchanged, refreshed })) {
  const { scopes, refreshTokenExpiresAt, raw } = tokens;
  console.log(`better-auth 1.7.25, ${name}: scopes ${JSON.stringify(scopes)}, its refresh token ends`);
  console.log(`  ${refreshTokenExpiresAt}, raw ${raw ? "there" : "missing"}`);
  isSo &&= one(scopes) && refreshTokenExpiresAt === undefined;
}
isSo &&= exchanged.raw !== undefined && refreshed.raw === undefined;

const arctic = new TikTok("key", "secret", redirect);
const taken = await arctic.validateAuthorizationCode("code", "verifier");
console.log(`arctic 3.7.0: scopes ${JSON.stringify(taken.scopes())}`);
isSo &&= one(taken.scopes()) && taken.data.refresh_expires_in === answer.refresh_expires_in;
process.exit(isSo ? 0 : 1);
JS
node try.mjs
