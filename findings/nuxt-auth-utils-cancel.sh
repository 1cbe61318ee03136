#!/bin/sh
# nuxt-auth-utils 0.5.30, TikTok: who presses Cancel at TikTok is sent straight back to TikTok. The
# handler looks for `code` alone: a callback with `error=access_denied` (RFC 6749, 4.1.2.1; TikTok's
# Login Kit for Web says so as well) begins the authorization anew, and `onError` isn't called. So: put
# a handler before it that reads `error`.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --ignore-scripts --no-audit --no-fund nuxt-auth-utils@0.5.30 h3@1.15.11

# What Nuxt's build gives to the name `#imports`, as far as it is asked for.
cat >nuxt.mjs <<'JS'
export { createError } from "h3";
export const useRuntimeConfig = () => ({});
JS
cat >try.mjs <<'JS'
import { register } from "node:module";

const hooks = `export const resolve = (name, context, next) => name === "#imports"
  ? { url: ${JSON.stringify(new URL("nuxt.mjs", import.meta.url).href)}, shortCircuit: true }
  : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

const { createApp, toWebHandler } = await import("h3");
const from = "./node_modules/nuxt-auth-utils/dist/runtime/server/lib/oauth/tiktok.js";
const { defineOAuthTikTokEventHandler } = await import(from);

const app = createApp();
const told = [];
app.use(
  "/callback",
  defineOAuthTikTokEventHandler({
    config: { clientKey: "key", clientSecret: "secret" },
    onSuccess: () => told.push("success"),
    onError: (_, error) => told.push(error.message),
  }),
);
const back = await toWebHandler(app)(
  new Request("https://app.example/callback?error=access_denied&error_description=no&state=s"),
);
const location = new URL(back.headers.get("location"));
console.log("nuxt-auth-utils 0.5.30");
console.log("a refusal is answered by", back.status, `${location.origin}${location.pathname}`);
console.log("onSuccess and onError were told:", told);
if (location.pathname !== "/v2/auth/authorize/" || told.length) {
  process.exit(1);
}
JS
node try.mjs
