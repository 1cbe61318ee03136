// Runs before the first paint: language, theme, the sentences, and the last resort.

(function () {
  "use strict";

  // One entry for each file of locales/; a test holds the two together. A release names the files
  // by their content, here too.
  const locales = {
    en: "/locales/en.json",
    vi: "/locales/vi.json",
    id: "/locales/id.json",
    ms: "/locales/ms.json",
    th: "/locales/th.json",
    ja: "/locales/ja.json",
    ko: "/locales/ko.json",
    "zh-Hans": "/locales/zh-Hans.json",
    "zh-Hant": "/locales/zh-Hant.json",
  };
  const page = document.documentElement;

  // Storage throws where the user has forbidden it.
  function stored(key) {
    try {
      return sessionStorage.getItem(key) ?? localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  // The one of ours that a wish means: zh-TW is written like zh-Hant, and any Malay is ms.
  function known(tag) {
    if (!tag) {
      return null;
    }
    let wish;
    try {
      wish = new Intl.Locale(tag);
    } catch {
      // No tag at all.
      return null;
    }
    if (wish.language === "zh") {
      // The first time, it takes a slow phone as long as all else here: for nothing but this.
      wish = wish.maximize();
    }
    const candidates = [tag, `${wish.language}-${wish.script}`, wish.language];
    return candidates.find((ours) => Object.hasOwn(locales, ours)) ?? null;
  }

  // An address that asks for a language asks for this tab: the way to TikTok and back is a load.
  const { search } = location;
  const asked = search ? known(new URLSearchParams(search).get("lang")) : null;
  if (asked) {
    try {
      sessionStorage.setItem("portal.language", asked);
    } catch {
      // Then it lasts for this page.
    }
  }
  const chosen = asked ?? known(stored("portal.language"));
  const others = [stored("portal.account_language"), ...(navigator.languages || [])];
  const language = chosen ?? others.map(known).find(Boolean) ?? "en";
  const entry = page.dataset.entry;
  if (entry && page.lang !== language) {
    // The host took another for theirs. The next page shall be right at once.
    document.cookie = `portal-language=${language}; Path=/; Max-Age=31536000; SameSite=Lax`;
  }
  page.lang = language;
  if (entry && location.pathname === "/") {
    // Where a guest would be led.
    history.replaceState(null, "", entry + search);
  }
  // Where nobody chose, the app follows the language of the account.
  window.portalLanguageChosen = chosen !== null;

  if (entry && stored("portal.fonts")) {
    // They come from the browser's cache, before the first paint or not at all.
    page.dataset.fonts = "kept";
  }

  const theme = stored("portal.theme");
  if (theme === "light" || theme === "dark") {
    page.dataset.theme = theme;
  }

  // The sentences travel beside the wasm and not after it. Never rejects: the app
  // asks again when it finds null here, and has words of its own for a failure.
  window.portalLocales = locales;
  // Ten seconds here and twenty there are all that anybody waits for them.
  const hasTurn = entry ? new Promise(afterPaint).then(fetchApp) : Promise.resolve();
  window.portalLocale = hasTurn
    .then(() => fetch(locales[language], { signal: AbortSignal.timeout(10_000) }))
    .then((answer) => (answer.ok ? answer.text() : null))
    .catch(() => null);

  // An entry page has its own words and needs nothing else: to ask for the app before it is painted
  // would keep a slow phone from painting it. A tab that isn't seen paints nothing.
  function afterPaint(then) {
    document.addEventListener("readystatechange", () => {
      requestAnimationFrame(() => setTimeout(then));
      setTimeout(then, 200);
    });
  }
  function fetchApp() {
    const end = document.getElementById("early-end");
    end.after(end.content);
  }

  // Who is there is the app's first question. It is sent beside the module where a host says, at the end
  // of the page, that somebody is. Of a page that came without, the app knows nothing yet (adopt.js).
  document.addEventListener("readystatechange", () => {
    if (entry || window.portalEarly || !document.getElementById("member")) {
      return;
    }
    const path = "/api/get-session";
    const body = JSON.stringify({ region: stored("portal.region") });
    const headers = { "content-type": "application/json" };
    const answer = fetch(path, { method: "POST", headers, body })
      .then(async (it) => [it.status, await it.text()])
      // The app says so.
      .catch(() => [0]);
    window.portalEarly = { presses: [], sent: [{ path, body, answer }] };
  });

  let started = false;
  window.portalStarted = function () {
    started = true;
  };

  // Shows the reload panel of index.html: called by the app and below.
  window.portalBroke = function () {
    document.getElementById("loading")?.remove();
    const panel = document.getElementById("crash");
    if (panel) {
      // An open dialog would make the panel inert.
      document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
      panel.hidden = false;
      panel.querySelector(`[lang="${page.lang}"] a`)?.focus();
    } else {
      addEventListener("DOMContentLoaded", window.portalBroke);
    }
  };

  // Whoever waits is told so, and in the end what to do. The app may come all the same.
  let isLost = false;
  const timers = [
    setTimeout(() => {
      document.getElementById("loading")?.setAttribute("data-slow", "");
    }, 10_000),
    setTimeout(() => {
      isLost = true;
      window.portalBroke();
    }, 30_000),
  ];
  window.portalShown = function () {
    timers.forEach(clearTimeout);
    const panel = document.getElementById("crash");
    if (isLost && panel) {
      isLost = false;
      panel.hidden = true;
    }
  };

  // A module that has trapped can't go on: it panicked, or there was no memory left. Before the app
  // has started, nothing else can be done without either. Later faults may be an extension's.
  function broke(error) {
    if (!started || error instanceof WebAssembly.RuntimeError) {
      window.portalBroke();
    }
  }
  // A script that cannot be fetched fires an event that does not bubble: capture it.
  addEventListener(
    "error",
    (event) => {
      if (event instanceof ErrorEvent) {
        broke(event.error);
      } else if (event.target instanceof HTMLScriptElement) {
        broke();
      }
    },
    true,
  );
  addEventListener("unhandledrejection", (event) => broke(event.reason));
})();

// A browser that translates puts an element in the place of each text, and the app would go on
// changing the text that is nowhere. So the app's text is put back beside what took its place, empty:
// when the app changes or removes it, the translation of what it was goes.

(function () {
  "use strict";

  // What each text was and what stands for it, and the text for which an element stands.
  const translations = new WeakMap();
  const originals = new WeakMap();

  function look(records) {
    for (const { type, target, addedNodes, removedNodes } of records) {
      if (type === "characterData") {
        retire(target);
        continue;
      }
      const removed = [...removedNodes];
      // One that is still there was only moved.
      const gone = removed.filter((node) => !node.isConnected);
      gone.forEach(retire);
      gone.forEach(restore);
      const font = [...addedNodes].find((node) => node.nodeName === "FONT" && node.isConnected);
      const text = gone.find((node) => node.nodeType === Node.TEXT_NODE);
      if (font && text) {
        translations.set(text, { font, data: text.data });
        originals.set(font, text);
        text.data = "";
        font.after(text);
      }
    }
    // What comes of this is no news.
    observer.takeRecords();
  }

  // The app has changed or removed the text.
  function retire(text) {
    translations.get(text)?.font.remove();
    forget(text);
  }

  // The browser has taken its translation back.
  function restore(font) {
    const text = originals.get(font);
    const translation = translations.get(text);
    if (translation) {
      text.data ||= translation.data;
      forget(text);
    }
  }

  function forget(text) {
    originals.delete(translations.get(text)?.font);
    translations.delete(text);
  }

  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, characterData: true, subtree: true });
})();
