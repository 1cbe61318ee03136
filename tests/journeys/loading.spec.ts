// Nothing moves under the reader's eyes while a page of entry loads.

import { expect, test, type Page } from "./portal.ts";
import { button, heading } from "./screens.ts";

/** What moved, and by how much. */
type Shift = { value: number; moved: string[] };

/** Notes every shift from before the first paint on. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    type Entry = PerformanceEntry & { value: number; sources: { node: Node | null }[] };
    const shifts: Shift[] = [];
    const note = (entries: PerformanceEntryList) => {
      for (const { value, sources } of entries as Entry[]) {
        const moved = sources.map(({ node }) => {
          const element = node instanceof Element ? node : node?.parentElement;
          return element?.outerHTML.slice(0, 120) ?? "something that is gone";
        });
        shifts.push({ value, moved });
      }
    };
    const observer = new PerformanceObserver((list) => note(list.getEntries()));
    observer.observe({ type: "layout-shift", buffered: true });
    Object.assign(window, {
      shiftsSoFar: () => {
        note(observer.takeRecords());
        return shifts;
      },
    });
  });
}

/** Every shift until the fonts are there and what came with them is painted. */
async function shifts(page: Page): Promise<Shift[]> {
  return page.evaluate(async () => {
    await document.fonts.ready;
    const painted = () => new Promise((then) => requestAnimationFrame(then));
    await painted();
    await painted();
    return (window as unknown as { shiftsSoFar: () => Shift[] }).shiftsSoFar();
  });
}

/** A phone far from its mast: 1.6 Mbit/s, 150 ms there and back. */
async function slowDown(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: 200_000,
    uploadThroughput: 94_000,
  });
}

const PAGES = [
  { path: "/log-in", title: /^Log in/, submit: "Log in" },
  { path: "/sign-up", title: /^Sign up/, submit: "Sign up" },
];

for (const { path, title, submit } of PAGES) {
  for (const width of [360, 1280]) {
    for (const network of ["fast", "slow"]) {
      test(`nothing shifts while ${path} loads, ${width} px wide on a ${network} network`, async ({
        page,
      }) => {
        await page.setViewportSize({ width, height: 720 });
        await watchShifts(page);
        if (network === "slow") {
          await slowDown(page);
        }
        await page.goto(path);
        // In the tab all of the service comes along, and the host of files packs nothing.
        await expect(heading(page, title)).toBeVisible({ timeout: 45_000 });
        await expect(button(page, submit)).toBeEnabled();
        await expect(page.locator("html")).not.toHaveAttribute("data-entry", /./, {
          timeout: 45_000,
        });
        expect(await shifts(page)).toEqual([]);
      });
    }
  }
}
