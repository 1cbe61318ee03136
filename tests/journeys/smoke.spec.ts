// The release build starts, in every language and under its own policy.

import { expect, test } from "./portal.ts";

for (const language of ["en", "vi"]) {
  test(`the app starts in ${language} and says so`, async ({ page }) => {
    await page.goto(`/?lang=${language}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", language);
    await expect(page.locator("#loading")).toHaveCount(0);
    await expect(page.locator("#crash")).toBeHidden();
  });
}

test("a module that cannot be loaded shows the reload panel", async ({ page }) => {
  await page.addInitScript(() => {
    // As in a browser whose user has turned WebAssembly off.
    Object.defineProperty(globalThis, "WebAssembly", { value: undefined });
  });
  // The failure is the point here: what the page throws is expected.
  page.removeAllListeners("pageerror");
  await page.goto("/");
  await expect(page.getByRole("alert")).toContainText("Something went wrong.");
  await expect(page.getByRole("link", { name: "Reload" })).toBeVisible();
});

// A module with one function, `f`, that traps.
const TRAP = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0,
  0, 11,
];

test("a trap in the module shows the way to reload, another's fault doesn't", async ({
  page,
}) => {
  // The failures are the point here.
  page.removeAllListeners("pageerror");
  await page.goto("/log-in");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  // Each is over once the browser has told of it.
  const later = async (act: string) => {
    const told = page.waitForEvent("pageerror");
    await page.evaluate(
      ([act, bytes]) => {
        const trap = () => {
          const module = new WebAssembly.Module(new Uint8Array(bytes as number[]));
          (new WebAssembly.Instance(module).exports.f as () => void)();
        };
        const fail = () => {
          throw new Error("an extension's");
        };
        if (act === "fault") setTimeout(fail);
        if (act === "refusal") void Promise.reject(new Error("an extension's"));
        if (act === "trap") setTimeout(trap);
      },
      [act, TRAP] as const,
    );
    await told;
  };
  await later("fault");
  await later("refusal");
  await expect(page.locator("#crash")).toBeHidden();
  await later("trap");
  await expect(page.locator("#crash").getByRole("link", { name: "Reload" })).toBeFocused();
});
