// Drives each client of npm to a log-in and to a refusal. A line for each: JSON.

import { createHash, randomBytes } from "node:crypto";
import { createRequire, register } from "node:module";
import { BASE, decide, here } from "./person.mjs";

register("./hooks.mjs", import.meta.url);
const require = createRequire(import.meta.url);

const KEY = "emulated-app";
const SECRET = "emulated-app-has-no-secret";
const APP = "https://app.example";
const BACK = `${APP}/callback`;
const AUTHORIZE = `${BASE}/v2/auth/authorize/`;
const TOKEN = `${BASE}/v2/oauth/token/`;
const USER = `${BASE}/v2/user/info/`;

const text = (size) => randomBytes(size).toString("base64url");
const hex = (verifier) => createHash("sha256").update(verifier).digest("hex");
const parameters = (address) => Object.fromEntries(new URL(address).searchParams);

/** Who a token is of. */
async function whose(token) {
  const response = await fetch(`${USER}?fields=open_id,display_name`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return (await response.json()).data?.user?.display_name;
}

/** The code of a callback, for clients that leave its reading to the app. */
function codeOf(callback) {
  const { code, error } = parameters(callback);
  if (error) {
    // The app's own work: the client is refused with a code that is none.
    return "no-code";
  }
  return code;
}

/** The cookies of a browser at the app. */
function browser(handler) {
  const cookies = new Map();
  return async (address, init = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...init.headers, cookie, origin: APP };
    const response = await handler(new Request(address, { ...init, headers }));
    for (const given of response.headers.getSetCookie()) {
      const [pair] = given.split(";");
      const at = pair.indexOf("=");
      cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  };
}

// Each way begins an authorization and gives its address, and what to do with the callback: a name,
// or an error.

async function arctic(withHex) {
  const { TikTok } = await import("arctic");
  const tiktok = new TikTok(KEY, SECRET, BACK);
  const verifier = text(32);
  const address = tiktok.createAuthorizationURL(text(8), verifier, ["user.info.basic"]);
  if (withHex) {
    address.searchParams.set("code_challenge", hex(verifier));
  }
  return {
    address,
    finish: async (callback) => {
      const tokens = await tiktok.validateAuthorizationCode(codeOf(callback), verifier);
      return whose(tokens.accessToken());
    },
  };
}

async function betterAuth() {
  const { betterAuth } = await import("better-auth");
  const auth = betterAuth({
    baseURL: APP,
    secret: text(32),
    logger: { disabled: true },
    socialProviders: { tiktok: { clientKey: KEY, clientSecret: SECRET } },
  });
  const ask = browser(auth.handler);
  const begun = await ask(`${APP}/api/auth/sign-in/social`, {
    method: "POST",
    body: JSON.stringify({ provider: "tiktok", errorCallbackURL: "/error" }),
    headers: { "content-type": "application/json" },
  });
  return {
    address: (await begun.json()).url,
    finish: async (callback) => {
      const back = await ask(callback);
      const location = back.headers.get("location") ?? "";
      if (location.includes("error=")) {
        throw new Error(new URL(location, APP).searchParams.get("error"));
      }
      return (await (await ask(`${APP}/api/auth/get-session`)).json())?.user.name;
    },
  };
}

async function authJs(checks) {
  const { Auth } = await import("@auth/core");
  const { default: TikTok } = await import("@auth/core/providers/tiktok");
  const said = [];
  const provider = TikTok({ clientId: KEY, clientSecret: SECRET });
  const config = {
    providers: [checks ? { ...provider, checks } : provider],
    secret: text(32),
    trustHost: true,
    basePath: "/auth",
    logger: {
      error: (error) => said.push(error.cause?.err?.message ?? error.message),
      warn() {},
      debug() {},
    },
  };
  const ask = browser((request) => Auth(request, config));
  const { csrfToken } = await (await ask(`${APP}/auth/csrf`)).json();
  const begun = await ask(`${APP}/auth/signin/tiktok`, {
    method: "POST",
    body: new URLSearchParams({ csrfToken }),
  });
  return {
    address: begun.headers.get("location"),
    finish: async (callback) => {
      const back = await ask(callback);
      const location = back.headers.get("location") ?? "";
      if (location.includes("error")) {
        throw new Error(`${new URL(location, APP).searchParams.get("error")}: ${said.join("; ")}`);
      }
      return (await (await ask(`${APP}/auth/session`)).json())?.user?.name;
    },
  };
}

async function nuxtAuthUtils(sandbox) {
  const { $fetch } = await import("ofetch");
  globalThis.$fetch = $fetch;
  const { createApp, toWebHandler } = await import("h3");
  const from = "nuxt-auth-utils/dist/runtime/server/lib/oauth/tiktok.js";
  const folder = new URL("./node_modules/", import.meta.url);
  const { defineOAuthTikTokEventHandler } = await import(new URL(from, folder));
  const app = createApp();
  const handler = defineOAuthTikTokEventHandler({
    config: { clientKey: KEY, clientSecret: SECRET, redirectURL: BACK, sandbox },
    onSuccess: (_, { user }) => ({ name: user.display_name }),
    onError: (_, error) => ({ error: error.message }),
  });
  app.use("/callback", handler);
  const ask = browser(toWebHandler(app));
  const begun = await ask(BACK);
  return {
    address: begun.headers.get("location"),
    finish: async (callback) => {
      const back = await ask(callback);
      if (back.headers.get("location")) {
        throw new Error("begins again");
      }
      const { name, error, message, statusMessage } = await back.json();
      if (!name) {
        throw new Error(error ?? message ?? statusMessage);
      }
      return name;
    },
  };
}

async function passport(settings) {
  const { Strategy } = require("passport-tiktok-auth");
  const strategy = new Strategy(
    {
      clientID: KEY,
      clientSecret: SECRET,
      callbackURL: BACK,
      authorizationURL: AUTHORIZE,
      tokenURL: TOKEN,
      profileURL: USER,
      ...settings,
    },
    (_access, _refresh, profile, done) => done(null, profile),
  );
  const session = {};
  if (settings.only) {
    strategy.fields = settings.only;
  }
  const run = (query) =>
    new Promise((resolve, reject) => {
      const its = Object.create(strategy);
      its.redirect = (address) => resolve(address);
      its.success = (user) => resolve(user.displayName);
      its.fail = (why) => reject(new Error(why?.message ?? "failed"));
      its.error = (error) => reject(new Error(error.oauthError?.data ?? error.message));
      its.authenticate({ query, session, headers: {} }, {});
    });
  const address = await run({});
  return { address, finish: (callback) => run(parameters(callback)) };
}

async function grant(settings) {
  const config = {
    defaults: { origin: APP, transport: "state", state: true, prefix: "/connect" },
    tiktok: { key: KEY, secret: SECRET, scope: ["user.info.basic"], ...settings },
  };
  const handler = require("grant/lib/grant")({ config });
  const begun = await handler({
    method: "GET",
    params: { provider: "tiktok" },
    query: {},
    body: {},
    state: {},
    session: {},
  });
  return {
    address: begun.location,
    finish: async (callback) => {
      const { state } = await handler({
        method: "GET",
        params: { provider: "tiktok", override: "callback" },
        query: parameters(callback),
        body: {},
        state: {},
        session: begun.session,
      });
      const { access_token: token, error, raw } = state.response;
      if (!token) {
        throw new Error(JSON.stringify(error ?? raw));
      }
      return whose(token);
    },
  };
}

async function simpleOauth2(challenge) {
  const { AuthorizationCode } = require("simple-oauth2");
  const client = new AuthorizationCode({
    client: { id: KEY, secret: SECRET, idParamName: "client_key" },
    auth: {
      tokenHost: BASE,
      tokenPath: "/v2/oauth/token/",
      authorizePath: "/v2/auth/authorize/",
    },
    options: { authorizationMethod: "body", scopeSeparator: "," },
  });
  const verifier = text(32);
  const address = client.authorizeURL({
    redirect_uri: BACK,
    scope: ["user.info.basic"],
    state: text(8),
    ...(challenge ? { code_challenge: challenge(verifier), code_challenge_method: "S256" } : {}),
  });
  return {
    address,
    finish: async (callback) => {
      const { token } = await client.getToken({
        code: codeOf(callback),
        redirect_uri: BACK,
        ...(challenge ? { code_verifier: verifier } : {}),
      });
      if (!token.access_token) {
        return `a token that holds ${JSON.stringify(token.error)}`;
      }
      return whose(token.access_token);
    },
  };
}

async function openidClient(settings) {
  const client = await import("openid-client");
  const server = { issuer: BASE, authorization_endpoint: AUTHORIZE, token_endpoint: TOKEN };
  const auth = (_server, _client, body) => {
    body.set("client_key", KEY);
    body.set("client_secret", SECRET);
  };
  const how = settings.key ? auth : client.ClientSecretPost(SECRET);
  const config = new client.Configuration(server, KEY, undefined, how);
  client.allowInsecureRequests(config);
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const challenge = settings.challenge
    ? settings.challenge(verifier)
    : await client.calculatePKCECodeChallenge(verifier);
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: BACK,
    scope: "user.info.basic",
    state,
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...(settings.key ? { client_key: KEY } : {}),
  });
  return {
    address,
    finish: async (callback) => {
      const checks = { pkceCodeVerifier: verifier, expectedState: state };
      const tokens = await client.authorizationCodeGrant(config, new URL(callback), checks);
      return whose(tokens.access_token);
    },
  };
}

const base64url = (verifier) => createHash("sha256").update(verifier).digest("base64url");
const HEX = "the challenge in hex";
const WAYS = [
  ["arctic", "as it is", () => arctic(false)],
  ["arctic", `${HEX}, put into its address`, () => arctic(true)],
  ["better-auth", "as it is", betterAuth],
  ["@auth/core", "as it is", () => authJs()],
  ["@auth/core", "`checks: [\"state\"]`", () => authJs(["state"])],
  ["nuxt-auth-utils", "as it is", () => nuxtAuthUtils(undefined)],
  ["nuxt-auth-utils", "`sandbox: true`", () => nuxtAuthUtils(true)],
  ["passport-tiktok-auth", "as it is", () => passport({})],
  [
    "passport-tiktok-auth",
    "`strategy.fields` of `user.info.basic`",
    () => passport({ only: ["open_id", "display_name"] }),
  ],
  [
    "passport-tiktok-auth",
    "the same, and `pkce: \"S256\", state: true`",
    () => passport({ only: ["open_id", "display_name"], pkce: "S256", state: true }),
  ],
  ["grant", "as it is", () => grant({})],
  [
    "grant",
    "`authorize_url`, `access_url`",
    () => grant({ authorize_url: AUTHORIZE, access_url: TOKEN }),
  ],
  [
    "grant",
    "the same, and `pkce: true`",
    () => grant({ authorize_url: AUTHORIZE, access_url: TOKEN, pkce: true }),
  ],
  ["simple-oauth2", "`idParamName`, `authorizationMethod`, `scopeSeparator`", () => simpleOauth2()],
  ["simple-oauth2", `the same, and ${HEX}`, () => simpleOauth2(hex)],
  ["simple-oauth2", "the same, and the challenge in base64url", () => simpleOauth2(base64url)],
  ["openid-client", "as it is", () => openidClient({})],
  ["openid-client", "`client_key` in both requests", () => openidClient({ key: true })],
  [
    "openid-client",
    `the same, and ${HEX}`,
    () => openidClient({ key: true, challenge: hex }),
  ],
];

async function walk(way, decision) {
  try {
    const { address, finish } = await way();
    if (here(address) === String(address) && !String(address).startsWith(BASE)) {
      return `sent to ${new URL(address).host}${new URL(address).pathname}`;
    }
    const { callback, stopped } = await decide(address, decision);
    if (stopped) {
      return `TikTok's page: ${stopped}`;
    }
    return `${await finish(callback)}`;
  } catch (error) {
    const cause = error.cause?.message ?? error.cause?.error;
    const said = `${error.message || error.code}${cause ? ` (${cause})` : ""}`;
    // The number of the emulator's log is another each time.
    return `refused: ${said.replace(/"log_id":"[^"]*",?/, "")}`;
  }
}

const { packages } = require("./package-lock.json");
for (const [client, set, way] of WAYS) {
  const { version } = packages[`node_modules/${client}`];
  const logIn = await walk(way, "authorize");
  const refusal = await walk(way, "cancel");
  console.log(JSON.stringify({ client, version, set, pkce: process.env.PKCE, logIn, refusal }));
}
process.exit(0);
