// Language, theme and width.

import { expect, test, type Page } from "./portal.ts";
import { button, dialog, heading } from "./screens.ts";

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

const LANGUAGES = ["en", "vi", "id", "ms", "th", "ja", "ko", "zh-Hans", "zh-Hant"];

const PUBLIC = [
  "/log-in",
  "/sign-up",
  "/sign-up/verify",
  "/log-in/choose",
  "/tiktok/waiting",
  "/tiktok/outcome/cancelled",
  "/tiktok/outcome/scope-denied",
  "/tiktok/outcome/already-linked",
  "/no/such/page",
];

const MEMBER = [
  "/ads-account/new",
  "/welcome",
  "/campaigns",
  "/business-center",
  "/settings/profile",
  "/settings/profile/linked",
  "/settings/profile/unable-to-link",
  "/settings/profile/unlink",
  "/settings/profile/confirm",
  "/settings/email",
  "/link/finish",
];

/** Nothing is wider than the window. */
async function expectToFit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading").first()).toBeVisible();
  const [wanted, there] = await page.evaluate(() => {
    const root = document.documentElement;
    return [root.scrollWidth, root.clientWidth];
  });
  expect(wanted, `${path} at ${there} px`).toBeLessThanOrEqual(there ?? 0);
}

// All that the page of the log-in offers.
for (const language of LANGUAGES) {
  test(`every screen fits 320 px in ${language}`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto("/");
    await page.evaluate((tag) => localStorage.setItem("portal.language", tag), language);
    for (const path of PUBLIC) {
      await expectToFit(page, path);
    }
    await page.goto("/log-in");
    await page.locator("input[type=email]").fill("linked@portal.test");
    await page.locator("input[type=password]").fill("Portal-demo-2026");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/campaigns$/);
    for (const path of MEMBER) {
      await expectToFit(page, path);
    }
  });
}
