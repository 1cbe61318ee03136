// A person at the emulator's pages, who logs in and agrees or cancels.

const TIKTOK = ["https://www.tiktok.com", "https://open.tiktokapis.com"];
export const BASE = process.env.EMULATOR;

/** The address here of an address at TikTok. */
export function here(address) {
  const host = TIKTOK.find((host) => String(address).startsWith(host));
  return host ? BASE + String(address).slice(host.length) : String(address);
}

const fetched = globalThis.fetch;
// Clients that have TikTok's addresses built in are sent here by what they fetch with.
globalThis.fetch = async (input, init) => {
  if (!(input instanceof Request)) {
    return fetched(here(input), init);
  }
  const { method, headers } = input;
  const body = method === "GET" ? undefined : await input.arrayBuffer();
  return fetched(here(input.url), { method, headers, body, ...init });
};

const decoded = (text) =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (it) => ({ "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" })[it]);
const attribute = (tag, name) => decoded(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "");

/** The members that a form sends without a button. */
function members(page, action) {
  const form = page
    .split("<form")
    .slice(1)
    .find((form) => attribute(form.split(">")[0], "action").endsWith(action));
  const inputs = form?.split("</form>")[0].match(/<input[^>]*>/g) ?? [];
  return new URLSearchParams(
    inputs.map((tag) => [attribute(tag, "name"), attribute(tag, "value")]),
  );
}

/** Opens an authorize address and decides. Gives the callback's address, or what TikTok's page says. */
export async function decide(address, decision) {
  let cookie = "";
  const ask = async (path, body) => {
    const response = await fetched(new URL(path, BASE), {
      method: body ? "POST" : "GET",
      body,
      headers: { cookie },
      redirect: "manual",
    });
    const given = response.headers.get("set-cookie");
    cookie = given ? given.split(";")[0] : cookie;
    return response;
  };
  let response = await ask(here(address));
  for (let step = 0; step < 4; step += 1) {
    const location = response.headers.get("location");
    if (location) {
      return { callback: location };
    }
    const page = await response.text();
    if (page.includes('data-page="log-in"')) {
      const form = members(page, "/login");
      form.set("username", "business");
      form.set("password", "Emulated-2026");
      response = await ask("/login", form);
    } else if (page.includes('data-page="consent"')) {
      const form = members(page, "/consent");
      form.set("decision", decision);
      response = await ask("/consent", form);
    } else {
      const parameter = /correct the following: (\S+?)[<\s]/.exec(page)?.[1];
      return { stopped: parameter ?? `HTTP ${response.status}` };
    }
  }
  return { stopped: "in circles" };
}
