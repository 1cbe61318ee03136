// Language and theme; how every screen looks in them is gallery.spec.ts's.

import { expect, test } from "./portal.ts";
import { button, dialog, enter, heading, openProfileMenu, openSettings } from "./screens.ts";

test("the language and the theme are switched, kept over a reload and over the log-in", async ({
  page,
  tiktok,
}) => {
  await page.goto("/log-in");
  await expect(button(page, "Log in with TikTok")).toBeVisible();
  await page.getByRole("combobox", { name: "Language" }).selectOption({ label: "Tiếng Việt" });
  await expect(button(page, "Đăng nhập bằng TikTok")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "vi");
  await page.getByRole("combobox", { name: "Giao diện" }).selectOption({ label: "Tối" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(button(page, "Đăng nhập bằng TikTok")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");

  await page.getByLabel(/^Địa chỉ email/).fill("email-only@portal.test");
  await page.getByLabel(/^Mật khẩu/).fill("Portal-demo-2026");
  await button(page, "Đăng nhập").click();
  await expect(heading(page, "Chiến dịch")).toBeVisible();
  await page.getByRole("button", { name: /^Menu tài khoản/ }).click();
  await page.getByRole("menuitem", { name: "Cài đặt người dùng" }).click();
  await expect(heading(page, "Hồ sơ")).toBeVisible();

  // The seed's own words, where its journey goes wrong.
  await button(page, "Liên kết tài khoản TikTok").click();
  await tiktok.authorize("linked_elsewhere");
  const refusal = dialog(page, "Không thể liên kết");
  await expect(refusal).toContainText("Tài khoản TikTok đã liên kết với một tài khoản khác");
  await expect(refusal.getByRole("button", { name: "Đăng xuất" })).toBeVisible();
});

test("the language is the address's, else the chosen one, else the account's", async ({ page }) => {
  await enter(page, "linked@portal.test");
  await openSettings(page);
  await page.getByRole("combobox", { name: /^Language/ }).last().selectOption("vi");
  await button(page, "Save").click();
  // Nobody chose one for this browser: it follows the account.
  await expect(heading(page, "Hồ sơ")).toBeVisible();
  await page.reload();
  await expect(heading(page, "Hồ sơ")).toBeVisible();

  // An address chooses for its tab, whatever else is there.
  await page.goto("/settings/profile?lang=id");
  await expect(heading(page, "Profil")).toBeVisible();
  await page.goto("/campaigns");
  await expect(page.locator("html")).toHaveAttribute("lang", "id");

  // The user's own choice outlasts both.
  await page.getByRole("banner").getByRole("button").click();
  await page.getByRole("banner").getByRole("combobox").selectOption("ja");
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
});

test("a member chooses the theme in the account menu, which names whom they linked", async ({
  page,
}) => {
  await enter(page, "linked@portal.test");
  await openProfileMenu(page);
  await expect(page.getByRole("menuitem", { name: "@linked_already" })).toBeVisible();
  const dark = page.getByRole("radio", { name: "Dark" });
  await dark.focus();
  await page.keyboard.press("Space");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.keyboard.press("Escape");
  await expect(dark).toBeHidden();
  await expect(page.getByRole("banner").getByRole("button", { name: /^Account menu/ })).toBeFocused();
});

test("a tag that is none of ours is no wish", async ({ page }) => {
  for (const [tag, spoken] of [
    ["zh-TW", "zh-Hant"],
    ["xx", "en"],
    ["-", "en"],
    ["constructor", "en"],
  ]) {
    await page.goto("/log-in");
    await page.evaluate(() => sessionStorage.clear());
    await page.goto(`/log-in?lang=${tag}`);
    await expect(page.locator("html")).toHaveAttribute("lang", spoken ?? "");
  }
});
