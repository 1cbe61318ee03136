// How the journeys are run: `cargo xtask test --only journeys` sets the environment.

import { defineConfig } from "@playwright/test";

import type { Options } from "./portal.ts";

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // As the whole browser has it; the shell would hint fully.
  "--font-render-hinting=slight",
];

const GALLERY = "gallery.spec.ts";
/** In browsers of other engines. */
const ENGINES = "engines.spec.ts";
/** What belongs to the preview's tools, not to the app. */
const PREVIEW = "preview*.spec.ts";

export default defineConfig<Options>({
  testDir: ".",
  outputDir: "test-results",
  reporter: "list",
  forbidOnly: true,
  retries: 0,
  workers: 3,
  fullyParallel: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    locale: "en-US",
    // Fonts and caret apart, a machine's own habits must not decide.
    colorScheme: "light",
    reducedMotion: "reduce",
    // It has a run last a third longer.
    trace: process.env.PORTAL_TRACE === "1" ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: { executablePath: process.env.PORTAL_BROWSER, args: quiet },
  },
  projects: [
    { name: "server", use: { host: "server" }, testIgnore: [ENGINES, GALLERY, PREVIEW] },
    // A tab has no network that could go away, no cookies of its browser, no browser beside it, no
    // tools of its own, and no page before the app.
    {
      name: "tab",
      use: { host: "tab" },
      testIgnore: ["entry.spec.ts", "network.spec.ts", "cookies.spec.ts", "demonstration.spec.ts", ENGINES, GALLERY, PREVIEW],
    },
    // One after the other: a window that isn't in front is told of no frames.
    { name: "engines", use: { host: "server" }, testMatch: ENGINES, workers: 1 },
    { name: "preview", use: { host: "tab" }, testMatch: PREVIEW, timeout: 240_000 },
    // Looks at every screen some forty times.
    { name: "gallery", use: { host: "tab" }, testMatch: GALLERY, timeout: 240_000 },
  ],
});
