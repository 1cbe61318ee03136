#!/bin/sh
# better-auth 1.7.25, TikTok: the authorize address has no `code_challenge`, but the token request has a
# `code_verifier`. A server that follows RFC 9700, 2.1.1 ("a token request containing a code_verifier
# parameter is accepted only if a code_challenge parameter was present in the authorization request")
# refuses it. It asks for `user.info.profile` alone and then reads `open_id`, which TikTok gives since
# every app has `user.info.basic`.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --ignore-scripts --no-audit --no-fund better-auth@1.7.25

cat >try.mjs <<'JS'
import { betterAuth } from "better-auth";

let form;
globalThis.fetch = async (address, init) => {
  if (String(address).includes("/oauth/token/")) {
    form = new URLSearchParams(String(init.body));
  }
  return Response.json({ error: "invalid_grant" }, { status: 400 });
};
const app = "https://app.example";
const auth = betterAuth({
  baseURL: app,
  secret: "a secret for this try alone, of 32 or more characters",
  logger: { disabled: true },
  telemetry: { enabled: false },
  socialProviders: { tiktok: { clientKey: "key", clientSecret: "secret" } },
});
const begun = await auth.handler(
  new Request(`${app}/api/auth/sign-in/social`, {
    method: "POST",
    body: JSON.stringify({ provider: "tiktok" }),
    headers: { "content-type": "application/json", origin: app },
  }),
);
const cookie = begun.headers.getSetCookie().map((it) => it.split(";")[0]).join("; ");
const { searchParams } = new URL((await begun.json()).url);
const callback = `${app}/api/auth/callback/tiktok?code=c&state=${searchParams.get("state")}`;
await auth.handler(new Request(callback, { headers: { cookie } }));
const hasChallenge = searchParams.has("code_challenge");
const hasVerifier = form.has("code_verifier");
console.log("better-auth 1.7.25");
console.log("scope:", searchParams.get("scope"));
console.log("code_challenge sent:", hasChallenge, "code_verifier sent:", hasVerifier);
process.exit(!hasChallenge && hasVerifier && searchParams.get("scope") === "user.info.profile" ? 0 : 1);
JS
node try.mjs
