// Outside production the server says that it is a demonstration, and has tools for it. Those of a tab
// are the preview's.

import { expect, test, type Page } from "./portal.ts";
import { button, typeSignUp } from "./screens.ts";

const TOOLS = "Demo tools";

/** Reads the newest code where a person would, and puts the clock eleven minutes forward. */
async function useTheTools(page: Page): Promise<string> {
  const opened = page.waitForEvent("popup");
  await page.getByRole("link", { name: TOOLS }).click();
  const tools = await opened;
  await expect(tools.getByRole("cell", { name: "someone-else@portal.test", exact: true })).toBeVisible();
  await tools.getByRole("link", { name: "Outbox" }).first().click();
  const letter = tools.getByRole("article").first();
  const code = (await letter.innerText()).match(/\b\d{6}\b/)?.[0] ?? "";
  await tools.getByRole("link", { name: "Clock" }).click();
  await tools.getByLabel("Minutes").fill("11");
  await tools.getByRole("button", { name: "Put it forward" }).click();
  await expect(tools.getByText("11 minutes")).toBeVisible();
  await tools.close();
  return code;
}

test("the outbox shows the code, and the clock can be put past its end", async ({ page }) => {
  await page.goto("/sign-up");
  await expect(page.getByText("This is a demo.")).toBeVisible();
  await typeSignUp(page, { email: "mai@coffee.test", region: "Vietnam" });
  await button(page, "Sign up").click();
  const field = page.getByLabel(/^Verification code/);
  await expect(field).toBeVisible();
  await field.fill(await useTheTools(page));
  await button(page, "Confirm").click();
  await expect(field).toHaveAccessibleDescription(/This code has expired/);
});
