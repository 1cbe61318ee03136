// The bench: the log-in page of the portal and the same page as others would build it, each behind a
// server of its own, visited in turn in one browser. `cargo xtask bench` starts it; docs/speed.md
// says what is measured, and is where the numbers go.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

import { chromium } from "../../../tests/journeys/node_modules/playwright-core/index.mjs";
import { bounds } from "./bounds.mjs";
import { medians, write } from "./report.mjs";
import { goOn, hurry, look } from "./visit.mjs";

const text = { type: "string" };
const { values: given } = parseArgs({
  options: {
    browser: text,
    pages: text,
    server: text,
    app: { ...text, default: "dist/app" },
    before: text,
    "before-server": text,
    rounds: { ...text, default: "7" },
    out: { ...text, default: "docs" },
  },
});

/** Each page by its name, in the order of the table: its folder, and what serves it. */
const folders = {
  vanilla: join(given.pages, "vanilla"),
  svelte: join(given.pages, "svelte"),
  solid: join(given.pages, "solid"),
  react: join(given.pages, "react"),
  supabase: join(given.pages, "supabase"),
  leptos: join(given.pages, "leptos"),
  portal: given.app,
  ...(given.before && { before: given.before }),
};

async function freePort() {
  const probe = createServer();
  probe.listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

/** Starts a server over a folder, and gives its address and what ends it. */
async function serve(program, folder) {
  await access(join(folder, "index.html"));
  const home = await mkdtemp(join(tmpdir(), "portal-bench-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(resolve(program), {
    cwd: home,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      PORTAL_ADDRESS: `127.0.0.1:${port}`,
      PORTAL_DATABASE_URL: "sqlite:portal.sqlite",
      PORTAL_ASSETS: resolve(folder),
      PORTAL_DRAIN: "0",
      RUST_LOG: "error",
    },
  });
  const died = (code, signal) => console.error(`the server of ${folder} ended: ${code ?? signal}`);
  server.on("exit", died);
  // Also where something throws that nobody waits for.
  process.on("exit", () => server.kill());
  const end = async () => {
    server.off("exit", died);
    if (server.exitCode === null && server.kill("SIGTERM")) {
      await once(server, "exit");
    }
    await rm(home, { recursive: true, force: true });
  };
  const isReady = () => fetch(`${url}/readyz`).then(({ ok }) => ok, () => false);
  while (!(await isReady())) {
    if (server.exitCode !== null) {
      throw new Error(`the server of ${folder} doesn't start`);
    }
    await sleep(50);
  }
  return { url, end };
}

/** All visits of a page in a round. */
async function visits(browser, { name, url }, round) {
  const runs = [];
  for (const speed of ["slow", "fast"]) {
    runs.push({ name, speed, ...(await hurry(browser, url, speed, `${speed}-${round}`)) });
    // It spends most of its time on waiting for nothing to happen.
    if (speed === "slow" || round % 2 === 0) {
      runs.push({ name, speed, ...(await look(browser, url, speed)) });
    }
  }
  if ((name === "portal" || name === "before") && round < 3) {
    const { adsManager, wizard } = await goOn(browser, url, "slow");
    const pressed = { adsManager: adsManager.ms, wizard: wizard.ms };
    const parts = { adsManagerParts: adsManager.parts, wizardParts: wizard.parts };
    runs.push({ name, speed: "slow", ...pressed, ...parts });
  }
  return runs;
}

const begun = Date.now();
const ends = [];
try {
  const sites = [];
  for (const [name, folder] of Object.entries(folders)) {
    const program = name === "before" ? (given["before-server"] ?? given.server) : given.server;
    const { url, end } = await serve(program, folder);
    ends.push(end);
    sites.push({ name, url });
  }
  const browser = await chromium.launch({
    executablePath: given.browser,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  ends.push(() => browser.close());

  // What the first visit alone has to pay for is nobody's.
  for (const { url } of sites) {
    await hurry(browser, url, "fast", "first");
  }
  const runs = [];
  const rounds = Number(given.rounds);
  for (let round = 0; round < rounds; round += 1) {
    // Another one begins each time, so that nobody always follows the heaviest.
    const turn = round % sites.length;
    for (const site of [...sites.slice(turn), ...sites.slice(0, turn)]) {
      try {
        runs.push(...(await visits(browser, site, round)));
      } catch (cause) {
        throw new Error(`${site.name} could not be visited`, { cause });
      }
    }
    console.log(`round ${round + 1} of ${rounds}: ${Math.round((Date.now() - begun) / 1000)} s so far`);
  }

  const found = medians(runs);
  const lines = bounds(found);
  await writeFile(join(given.pages, "runs.json"), JSON.stringify(runs));
  await write(given.out, { found, lines, rounds, browser: browser.version() });
  for (const { holds, line, is } of lines) {
    console.log(`${holds ? "holds" : "FAILS"}  ${line}: ${is}`);
  }
  process.exitCode = lines.every(({ holds }) => holds) ? 0 : 1;
} finally {
  await Promise.all(ends.map((end) => end()));
}
