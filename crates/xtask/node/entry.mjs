// Draws the entry pages: `node entry.mjs FINISHERS HOME EARLY`. In HOME lies a finished release build,
// EARLY is public/early.js made small; what is drawn goes to HOME/entry.
//
// There is no second template: the module that is shipped runs here, in jsdom, and what it has drawn
// is written down. So it is what the app will draw when it takes the page over (public/adopt.js).

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const [finishers, home, early] = process.argv.slice(2);
const packages = createRequire(join(finishers, "package.json"));
const { JSDOM, VirtualConsole } = packages("jsdom");
const { PurgeCSS } = packages("purgecss");

const ORIGIN = "https://portal.invalid";

/** What can be entered by an address. What early.js does by itself: `send` is what it sends, `refused`
 * the refusal that it knows how to show, `purpose` that of TikTok's button, `arrives` what it hands the
 * query to. `isGated` says that it looks otherwise where TikTok isn't to be had, `answers` what the host
 * says to the app: words between percent signs are whoever asks for, and the host's to put in their place
 * (crates/server/src/app.rs). What it can't know of them, `later` names: its place is kept for the app. */
const PAGES = [
  {
    path: "/log-in",
    isGated: true,
    send: "log-in",
    purpose: "log_in",
    fill: { email: "someone@example.com", password: "a password" },
    refused: { status: 422, code: "wrong_credentials" },
  },
  { path: "/sign-up", isGated: true },
  { path: "/log-in/reset-password" },
  {
    path: "/sign-up/verify",
    answers: {
      "get-sign-up": {
        sent: {
          email: "%email%",
          resend_after_s: 60,
          code_life_minutes: 10,
          code_digits: 6,
          purpose: "sign_up",
        },
      },
    },
    later: "[role=timer]",
  },
  {
    path: "/log-in/choose",
    answers: {
      "get-authorization": {
        id: null,
        purpose: "log_in",
        to: "choose_account",
        standing: {
          proved: {
            face: { display_name: "%display_name%", username: "%username%", avatar_url: null },
            outcome: "choose_account",
            left_s: 600,
          },
        },
      },
    },
    later: ".avatar, .auth-switch",
  },
  { path: "/tiktok/callback", arrives: "complete-authorization" },
];

/** What a host says of a guest, in all ways that change what is drawn. */
const GUESTS = [
  { name: "", demonstration: false, tiktok: "available" },
  { name: "-demonstration", demonstration: true, tiktok: "available" },
  { name: "-gated", demonstration: false, tiktok: "outside_market" },
  { name: "-demonstration-gated", demonstration: true, tiktok: "outside_market" },
];

const files = readdirSync(home);
const named = (pattern) => {
  const found = files.filter((file) => pattern.test(file));
  if (found.length !== 1) {
    throw new Error(`${found.length} files of ${home} are named like ${pattern}`);
  }
  return found[0];
};
const read = (file) => readFileSync(join(home, file), "utf8");
const script = read(named(/^app-[0-9a-f]{16}\.js$/)).replaceAll(
  "import.meta.url",
  JSON.stringify(`${ORIGIN}/app.js`),
);
const index = read("index.html");
const styleFile = named(/^style-[0-9a-f]{16}\.css$/);
const partsStyleFile = named(/^parts-[0-9a-f]{16}\.css$/);
const bootFile = named(/^boot-[0-9a-f]{16}\.js$/);
const locales = Object.fromEntries(
  readdirSync(join(home, "locales"))
    .map((file) => [/^(.+)-[0-9a-f]{16}\.json$/.exec(file)?.[1], `locales/${file}`])
    .filter(([language]) => language),
);

/** Stands for the styles until all pages are drawn. */
const STYLES = "/* styles */";

/** What boot.js and early.js put into a page. */
const LATER = "data-theme light dark aria-busy aria-disabled true spinner";

/** The styles that the pages need; all others come with the app.
 *
 * A page is written in the stand-in until the app has fetched the font (public/adopt.js), or else in a
 * font that the browser has kept: none that comes after the first paint moves a line. */
async function stylesOf(pages) {
  // A page in parts needs both.
  const raw = read(styleFile) + read(partsStyleFile);
  const content = [{ raw: [...pages, LATER].join("\n"), extension: "html" }];
  const [{ css }] = await new PurgeCSS().purge({
    content,
    css: [{ raw }],
    variables: true,
    keyframes: true,
  });
  const faces = css.match(/@font-face\{font-family:"?TikTok Sans"?;[^}]*\}/g) ?? [];
  if (faces.length === 0) {
    throw new Error(`${styleFile} has no font`);
  }
  const kept = faces.map((face) =>
    face
      .replace(/font-family:[^;]*/, 'font-family:"TikTok Sans Kept"')
      .replace("font-display:swap", "font-display:optional"),
  );
  const write = (where, face) =>
    `html${where},html${where} [lang]{--face:${face}"TikTok Sans Stand-in",var(--face-native)}`;
  return [
    css.trim(),
    ...kept,
    write("[data-fonts]", ""),
    write("[data-fonts=kept]", '"TikTok Sans Kept",'),
    // Half of a page that is centred would move when the other half comes.
    "body:not(:has(>#early-end)){visibility:hidden}",
    "[data-later]{visibility:hidden}",
  ].join("");
}

/** The app at a page's address, in a browser of its own, for a guest; `more` are answers of the host's
 * beside the page's own: for each use case its status and what it says. */
async function open({ path, answers }, language, guest, more = {}) {
  const replies = { "get-session": session(guest), ...answers };
  const all = Object.entries(replies).map(([name, reply]) => [name, [200, reply]]);
  const said = new Map([...all, ...Object.entries(more)]);
  const told = new VirtualConsole();
  told.on("jsdomError", (error) => console.error(error));
  const { window } = new JSDOM(index, {
    url: ORIGIN + path,
    runScripts: "outside-only",
    pretendToBeVisual: true,
    virtualConsole: told,
  });
  const inside = (code) => window.eval(code);
  // Node's takes no answer of another's making.
  inside(`WebAssembly.instantiateStreaming = async (answer, imports) =>
    WebAssembly.instantiate(await (await answer).arrayBuffer(), imports)`);
  Object.assign(window, {
    Response,
    Headers,
    TextDecoder,
    TextEncoder,
    Request: class {
      constructor(url, options) {
        Object.assign(this, options, { url: new URL(url, ORIGIN).href });
      }
    },
    fetch: (request) => {
      const { pathname } = new URL(request.url ?? request, ORIGIN);
      if (pathname.endsWith(".wasm")) {
        return Promise.resolve(new Response(readFileSync(join(home, pathname))));
      }
      const [status, body] = said.get(pathname.replace("/api/", "")) ?? [];
      // What isn't answered is waited for.
      return status
        ? Promise.resolve(new Response(JSON.stringify(body), { status }))
        : new Promise(() => {});
    },
    portalLocales: {},
    portalLocale: inside("Promise").resolve(read(locales[language])),
    portalStarted: () => {},
  });
  window.Element.prototype.scrollIntoView = () => {};
  // Nothing is painted here: a sheet that the app adds is there at once, and no part of the page.
  const sheets = new window.MutationObserver((changes) => {
    for (const link of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (link.rel === "stylesheet") {
        link.onload();
        link.remove();
      }
    }
  });
  sheets.observe(window.document.head, { childList: true });
  window.document.documentElement.lang = language;
  await new Promise((resolve, reject) => {
    window.portalShown = resolve;
    window.portalBroke = () => reject(new Error(`the app doesn't start at ${path} (${language})`));
    window.portalFailed = reject;
    inside(`(async () => {${script}})().catch(portalFailed)`);
  });
  const { document } = window;
  // The title follows the heading by some frames.
  const headed = () => {
    const heading = document.querySelector("#portal h1")?.textContent;
    return heading && document.title.startsWith(heading);
  };
  await until(`a page with a title at ${path} (${language})`, headed);
  return window;
}

/** What a condition gives as soon as it gives something: the app draws from frame to frame. */
async function until(what, condition) {
  for (let waited = 0; waited < 60_000; waited += 20) {
    const given = condition();
    if (given) {
      return given;
    }
    await pause(20);
  }
  throw new Error(`${what} never came`);
}

const session = ({ demonstration, tiktok }) => ({
  member: null,
  home: { log_in: {} },
  tiktok,
  region: null,
  demonstration,
});

/** What the app says of a form in which nothing is filled in, by the ids of its controls. */
async function missing(page, language, guest) {
  const window = await open(page, language, guest);
  const { document } = window;
  document.querySelector("#portal form")?.requestSubmit();
  const words = {};
  for (const { id } of document.querySelectorAll("#portal form [aria-required]")) {
    const problem = () => document.getElementById(`${id}-error`)?.textContent.trim();
    words[id] = await until(`a word about ${id}, which is empty`, problem);
  }
  window.close();
  return words;
}

/** What the app shows where the form was refused. */
async function refusal(page, language, guest) {
  const { status, code } = page.refused;
  const window = await open(page, language, guest, { [page.send]: [status, { code, status }] });
  const { document } = window;
  for (const [name, text] of Object.entries(page.fill)) {
    const control = document.querySelector(`#portal form [name=${name}]`);
    control.value = text;
    control.dispatchEvent(new window.Event("input", { bubbles: true }));
  }
  document.querySelector("#portal form").requestSubmit();
  const failure = document.querySelector(".form-failure");
  const banner = () => failure.textContent.trim();
  await until(`a word about ${code} at ${page.path} (${language})`, banner);
  strip(failure);
  failure.firstElementChild.dataset.early = "";
  const shown = failure.innerHTML;
  window.close();
  return shown;
}

/** Takes away what only the app needs: places where something may come. */
function strip(element) {
  const window = element.ownerDocument.defaultView;
  const walker = element.ownerDocument.createTreeWalker(element, window.NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (walker.nextNode()) {
    comments.push(walker.currentNode);
  }
  comments.forEach((comment) => comment.remove());
  // Two texts beside each other are drawn otherwise than one, by parts of a pixel.
  const texts = element.ownerDocument.createTreeWalker(element, window.NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (text.previousSibling?.nodeType === window.Node.TEXT_NODE) {
      text.before(element.ownerDocument.createComment(""));
    }
  }
}

/** What is kept in members is not in HTML. */
function writeDown(portal) {
  for (const input of portal.querySelectorAll("input")) {
    input.toggleAttribute("checked", input.checked);
    if (input.type !== "checkbox" && input.type !== "radio" && input.value) {
      input.setAttribute("value", input.value);
    }
  }
  for (const option of portal.querySelectorAll("option")) {
    option.toggleAttribute("selected", option.selected);
  }
}

async function draw(page, language, guest, said) {
  const window = await open(page, language, guest);
  const { document } = window;
  const portal = document.getElementById("portal");
  writeDown(portal);
  strip(portal);
  for (const [id, words] of Object.entries(said.missing)) {
    document.getElementById(id).dataset.missing = words;
  }
  for (const later of page.later ? portal.querySelectorAll(page.later) : []) {
    later.dataset.later = "";
  }
  if (page.arrives) {
    document.documentElement.dataset.arrives = page.arrives;
  }
  if (page.send) {
    portal.querySelector("form").dataset.send = page.send;
    portal.querySelector(".button-tiktok").dataset.purpose = page.purpose;
    const { status, code } = page.refused;
    const template = document.createElement("template");
    template.id = `early-${status}`;
    template.dataset.code = code;
    template.innerHTML = said.refusal;
    portal.after(template);
  }
  document.documentElement.dataset.entry = page.path;
  // Scripts that stand in the page can't be waited for, and the style is all in the first packets.
  const inline = (tag, textContent) => Object.assign(document.createElement(tag), { textContent });
  const boot = inline("script", read(bootFile).trim());
  const first = inline("script", readFileSync(early, "utf8").trim());
  document.querySelector(`script[src="/${bootFile}"]`).replaceWith(boot, first);
  document.documentElement.dataset.fonts = "";
  const all = document.querySelector(`link[href="/${styleFile}"]`);
  all.replaceWith(inline("style", STYLES));
  // public/adopt.js asks for it.
  all.setAttribute("rel", "preload");
  all.setAttribute("as", "style");
  document.getElementById("loading")?.remove();
  for (const words of document.querySelectorAll("noscript")) {
    // jsdom runs no script of the page, so what is within are elements.
    words.querySelectorAll(`[lang]:not([lang="${language}"])`).forEach((it) => it.remove());
  }
  document.querySelector("link[rel=preload][as=font]").remove();
  // What the app needs comes after what the page needs (boot.js): beside it, it would take half of the
  // line, and of a slow phone's time before the first paint.
  const later = document.querySelectorAll("link[rel=preload], link[rel=modulepreload], script[src]");
  const end = Object.assign(document.createElement("template"), { id: "early-end" });
  end.content.append(all, ...later);
  document.body.append(end);
  const text = `<!DOCTYPE html>${document.documentElement.outerHTML}`;
  window.close();
  // What the server appends is still in the body; who has no name at TikTok has no sign before it either.
  return text.replace(/\s*<\/body>\s*<\/html>\s*$/, "").replaceAll("@%", "%");
}

const drawn = new Map();

async function drawAll(page, language) {
  const said = { missing: await missing(page, language, GUESTS[0]) };
  if (page.refused) {
    said.refusal = await refusal(page, language, GUESTS[0]);
  }
  const written = new Map();
  for (const guest of GUESTS) {
    const file = join(home, "entry", page.path, `${language}${guest.name}.html`);
    const looks = `${guest.demonstration} ${page.isGated && guest.tiktok}`;
    written.set(looks, written.get(looks) ?? (await draw(page, language, guest, said)));
    drawn.set(file, written.get(looks));
  }
}

for (const page of PAGES) {
  await Promise.all(Object.keys(locales).map((language) => drawAll(page, language)));
}
const styles = await stylesOf(drawn.values());
for (const [file, text] of drawn) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text.replace(STYLES, () => styles));
}
// Timers of the app may still run.
process.exit(0);
