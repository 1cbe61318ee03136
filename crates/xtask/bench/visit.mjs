// One visit of one page, in a browser context of its own, as slow as asked for.

import { setTimeout as sleep } from "node:timers/promises";

import { probe } from "./probe.mjs";

/** What every page of the bench says of an address and a password that don't belong together. */
const REFUSAL = "The email address and the password don’t match.";

/** How a browser and its network are slowed down: bytes in a second, milliseconds, times. */
export const SPEEDS = {
  slow: { down: 1_600_000 / 8, up: 750_000 / 8, latency: 150, processor: 4 },
  fast: { down: -1, up: -1, latency: 0, processor: 1 },
};

/** As long as nothing is loaded and hardly anything is done, a page is idle. A module of wasm is
 * compiled aside, where nobody sees it. */
const QUIET_MS = 700;
const QUIET_SCRIPT_MS = 2;
const PATIENCE_MS = 60_000;

const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: false,
  locale: "en-US",
  reducedMotion: "reduce",
};

/** A tab that is slowed down and watched. */
class Tab {
  constructor(page, devtools) {
    this.page = page;
    this.devtools = devtools;
    /** What the probe said. */
    this.said = [];
    /** Each request: when it was sent, and what has come of it so far, with the moments. */
    this.requests = new Map();
    this.waiting = [];
  }

  static async open(context, speed) {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    const tab = new Tab(page, devtools);
    tab.watch();
    const { down, up, latency, processor } = SPEEDS[speed];
    await Promise.all([
      devtools.send("Runtime.enable"),
      devtools.send("Runtime.addBinding", { name: "benchSays" }),
      devtools.send("Page.enable"),
      devtools.send("Page.addScriptToEvaluateOnNewDocument", {
        source: `(${probe})(${JSON.stringify(REFUSAL)})`,
      }),
      devtools.send("Performance.enable"),
      devtools.send("Network.enable"),
      devtools.send("Network.emulateNetworkConditions", {
        offline: false,
        latency,
        downloadThroughput: down,
        uploadThroughput: up,
      }),
      devtools.send("Emulation.setCPUThrottlingRate", { rate: processor }),
    ]);
    return tab;
  }

  watch() {
    const { devtools, requests } = this;
    devtools.on("Runtime.bindingCalled", ({ name, payload }) => {
      if (name === "benchSays") {
        this.said.push(JSON.parse(payload));
        this.waiting.forEach((look) => look());
      }
    });
    devtools.on("Network.requestWillBeSent", ({ requestId, request, timestamp, wallTime }) => {
      // The one clock is the machine's since it was started, the other that of the probe.
      this.epoch ??= wallTime - timestamp;
      requests.set(requestId, { url: request.url, body: request.postData, came: [], sent: timestamp });
    });
    const came = ({ requestId, timestamp }, bytes, isAll) => {
      const request = requests.get(requestId);
      if (!request) {
        return;
      }
      const before = request.came.reduce((sum, one) => sum + one.bytes, 0);
      request.came.push({ at: timestamp, bytes: isAll ? bytes - before : bytes });
      request.isDone ||= isAll;
    };
    devtools.on("Network.responseReceived", (event) => {
      came(event, event.response.encodedDataLength, false);
    });
    devtools.on("Network.dataReceived", (event) => came(event, event.encodedDataLength, false));
    devtools.on("Network.loadingFinished", (event) => came(event, event.encodedDataLength, true));
    devtools.on("Network.loadingFailed", ({ requestId }) => {
      const request = requests.get(requestId);
      if (request) {
        request.isDone = true;
      }
    });
  }

  /** The first that the probe says of this kind, from the `from`th on. */
  async hear(is, from = 0) {
    const find = () => this.said.slice(from).find(is);
    let timer;
    const late = new Promise((_, fail) => {
      const told = () => `of ${is} came only ${JSON.stringify(this.said)}`;
      timer = setTimeout(() => fail(new Error(told())), PATIENCE_MS);
    });
    const found = new Promise((then) => {
      const look = () => find() && then(find());
      this.waiting.push(look);
      look();
    });
    try {
      return await Promise.race([found, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Goes to an address, and gives when it set out. It waits for nothing but the first answer. */
  async go(url) {
    await this.page.goto(url, { waitUntil: "commit" });
    this.origin = await this.page.evaluate(() => performance.timeOrigin);
  }

  /** Milliseconds since this tab set out. */
  since({ at }) {
    return at - this.origin;
  }

  /** When the e-mail field is painted, and takes a touch and what is typed. */
  async usable() {
    const usable = await this.hear(({ what }) => what === "usable");
    return { ...usable, ms: this.since(usable) };
  }

  async firstPaint() {
    const [paint] = await this.page.evaluate(() =>
      performance.getEntriesByName("first-contentful-paint").map(({ startTime }) => startTime),
    );
    return paint;
  }

  /** Bytes that had come over the network by a moment, heads included. */
  bytes({ at }) {
    const until = at / 1000 - this.epoch;
    const all = [...this.requests.values()].flatMap(({ came }) => came);
    return all.filter((one) => one.at <= until).reduce((sum, one) => sum + one.bytes, 0);
  }

  async metrics() {
    const { metrics } = await this.devtools.send("Performance.getMetrics");
    const of = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
    return { script: of.ScriptDuration * 1000, task: of.TaskDuration * 1000, heap: of.JSHeapUsedSize };
  }

  /** Waits until nothing has happened for a while, and gives what had been done by then. */
  async idle(enough = QUIET_MS) {
    let [last, quiet] = [await this.metrics(), 0];
    for (let waited = 0; quiet < enough; waited += 100) {
      if (waited > PATIENCE_MS) {
        throw new Error(`${this.page.url()} never becomes idle`);
      }
      await sleep(100);
      const now = await this.metrics();
      const isLoading = [...this.requests.values()].some(({ isDone }) => !isDone);
      const isQuiet = !isLoading && now.script - last.script < QUIET_SCRIPT_MS;
      quiet = isQuiet ? quiet + 100 : 0;
      last = now;
    }
    return last;
  }

  /** Bytes in use after a collection, those of wasm among them. */
  async memory() {
    const { devtools } = this;
    await devtools.send("HeapProfiler.collectGarbage");
    const { heap } = await this.metrics();
    const wasm = await this.page.evaluate(() => window.benchMemory());
    return heap + wasm;
  }

  async press({ x, y }) {
    const at = { x, y, button: "left", clickCount: 1 };
    await Promise.all(
      ["mouseMoved", "mousePressed", "mouseReleased"].map((type) =>
        this.devtools.send("Input.dispatchMouseEvent", { type, ...at }),
      ),
    );
  }

  /** Presses what a selector finds, and gives how long it took until a heading was there. */
  async follow(selector, heading) {
    const found = this.page.locator(`${selector}:visible`).first();
    await found.scrollIntoViewIfNeeded();
    const box = await found.boundingBox();
    const from = this.said.length;
    await this.press({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
    const pressed = await this.hear(({ what }) => what === "pressed", from);
    const there = await this.hear(({ words }) => words?.startsWith(heading), from);
    return { pressed, ms: there.at - pressed.at };
  }

  /** Types without a pause, key by key, as whoever fills in a form does. */
  async type(text) {
    const keys = [...text].flatMap((key) => {
      const special = { "\t": "Tab", "\r": "Enter" }[key];
      const code = { Tab: 9, Enter: 13 }[special];
      const words = special
        ? { key: special, code: special, windowsVirtualKeyCode: code }
        : { key };
      const typed = special === "Tab" ? {} : { text: key };
      return [
        { type: special === "Tab" ? "rawKeyDown" : "keyDown", ...words, ...typed },
        { type: "keyUp", ...words },
      ];
    });
    await Promise.all(keys.map((key) => this.devtools.send("Input.dispatchKeyEvent", key)));
  }
}

/** Does something in a context that nothing was done in before. */
async function inFresh(browser, work) {
  const context = await browser.newContext(PHONE);
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}

/** Somebody who looks: until usable, until idle, on to the sign-up, and in another tab once more. */
export function look(browser, url, speed) {
  return inFresh(browser, async (context) => {
    const tab = await Tab.open(context, speed);
    await tab.go(`${url}/log-in`);
    const usable = await tab.usable();
    const { script, task } = await tab.idle();
    const paint = await tab.firstPaint();
    const memory = await tab.memory();
    const bytes = tab.bytes(usable);
    const all = tab.bytes({ at: Infinity });
    const signUp = await tab.follow('a[href^="/sign-up"]', "Sign up");
    await tab.page.close();

    const again = await Tab.open(context, speed);
    await again.go(`${url}/log-in`);
    const usableAgain = await again.usable();
    await again.idle(300);
    const requests = [...again.requests.values()];
    return {
      paint,
      usable: Math.max(usable.ms, paint),
      usableBytes: bytes,
      idleBytes: all,
      script,
      task,
      memory,
      signUp: signUp.ms,
      secondUsable: usableAgain.ms,
      secondBytes: again.bytes({ at: Infinity }),
      secondRequests: requests.filter(({ came }) => came.some((one) => one.bytes > 0)).length,
    };
  });
}

/** Somebody in a hurry: types and submits as soon as that is possible, and reads the refusal. */
export function hurry(browser, url, speed, name) {
  return inFresh(browser, async (context) => {
    const tab = await Tab.open(context, speed);
    const going = tab.go(`${url}/log-in`);
    const usable = tab.hear(({ what }) => what === "usable");
    const { middle, at } = await Promise.race([usable, going.then(() => usable)]);
    // An address of its own: by address and network few failures are allowed.
    const [email, password] = [`${name}@b.test`, "open-sesame"];
    await tab.press(middle);
    await tab.type(`${email}\t${password}\r`);
    const refused = await tab.hear(({ what }) => what === "refused");
    await going;
    const posts = [...tab.requests.values()].filter((one) => one.url.endsWith("/api/log-in"));
    const sent = posts.map(({ body }) => JSON.parse(body));
    const stands = await tab.page.locator('input[name="email"]:visible').inputValue();
    const isWhole = ({ email: sentEmail, password: sentPassword }) =>
      sentEmail === email && sentPassword === password;
    if (sent.length !== 1 || !sent.every(isWhole) || stands !== email) {
      throw new Error(`${url} lost something: sent ${JSON.stringify(sent)}, there is ${stands}`);
    }
    const paint = await tab.firstPaint();
    return {
      paint,
      usable: Math.max(at - tab.origin, paint),
      answered: tab.since(refused),
      answeredBytes: tab.bytes(refused),
    };
  });
}

/** A member of the demonstration, whose ad account is complete. */
const MEMBER = { email: "email-only@portal.test", password: "Portal-demo-2026" };

/** Somebody who logs in once the page is idle, and then begins a campaign: how long each press took
 * until its page was there, and how many files of the app were asked for after it. */
export function goOn(browser, url, speed) {
  return inFresh(browser, async (context) => {
    const tab = await Tab.open(context, speed);
    await tab.go(`${url}/log-in`);
    const { middle } = await tab.usable();
    await tab.idle();
    await tab.press(middle);
    await tab.type(`${MEMBER.email}\t${MEMBER.password}`);
    const presses = [];
    for (const [selector, heading] of [
      ['form button[type="submit"]', "Campaigns"],
      // The wizard, whatever its first step is called.
      ['main button:has-text("Create")', ""],
    ]) {
      await tab.idle();
      const { pressed, ms } = await tab.follow(selector, heading);
      const since = pressed.at / 1000 - tab.epoch;
      const sent = [...tab.requests.values()].filter((one) => one.sent >= since);
      presses.push({ ms, parts: sent.filter(({ url }) => /\.(js|wasm)$/.test(url)).length });
    }
    const [adsManager, wizard] = presses;
    return { adsManager, wizard };
  });
}
