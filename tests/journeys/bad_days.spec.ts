// The bad days of an authorization at TikTok: each has its own words, changes nothing, and leads on.

import { codeFor, expect, test, type Page } from "./portal.ts";
import {
  alert,
  button,
  dialog,
  enter,
  heading,
  logIn,
  logOut,
  openSettings,
  tiktokField,
  typeCredentials,
} from "./screens.ts";
import { PASSWORD } from "./tiktok.ts";

const MEMBER = "email-only@portal.test";

/** Leaves for TikTok to link, from the profile. */
async function leaveToLink(page: Page): Promise<void> {
  await enter(page, MEMBER);
  await openSettings(page);
  await button(page, "Link TikTok account").click();
}

async function expectLinked(page: Page, name: string): Promise<void> {
  await dialog(page, "TikTok account linked").getByRole("button", { name: "Done" }).click();
  await expect(tiktokField(page)).toContainText(name);
}

/** Every address that the page has had, in order. */
function addresses(page: Page): string[] {
  const seen: string[] = [];
  page.on("framenavigated", (frame) => {
    if (frame === page.mainFrame()) {
      seen.push(frame.url());
    }
  });
  return seen;
}

test("cancelled at TikTok, then denied a permission, then linked after all", async ({
  page,
  tiktok,
}) => {
  await leaveToLink(page);
  await tiktok.cancel("unlinked");
  await expect(heading(page, "You canceled on TikTok")).toBeVisible();
  await page.reload();
  await button(page, "Link a TikTok account again").click();

  await tiktok.at("Authorize");
  await tiktok.root.getByRole("switch").uncheck();
  await tiktok.decide("Authorize");
  await expect(heading(page, "A permission is missing")).toBeVisible();
  await button(page, "Link a TikTok account again").click();

  await tiktok.decide("Authorize");
  await expectLinked(page, "Mai Coffee");
});

test("TikTok fails in every manner it has, and each time the way leads back", async ({
  page,
  tiktok,
}) => {
  await leaveToLink(page);
  await tiktok.rehearse("unlinked", "Return the error server_error");
  for (const answer of [
    "Return an expired code",
    "Return, then fail to exchange the code",
    "Grant a token, then fail to tell user info",
  ]) {
    await expect(heading(page, "TikTok couldn’t complete the request")).toBeVisible();
    await button(page, "Link a TikTok account again").click();
    await tiktok.answer(answer);
  }
  await expect(heading(page, "TikTok couldn’t complete the request")).toBeVisible();
  await page.getByRole("link", { name: "Go to your profile" }).click();
  await expect(button(page, "Link TikTok account")).toBeVisible();
});

test("nothing comes back from TikTok: the portal says so and lets them go again", async ({
  page,
  tiktok,
}) => {
  await leaveToLink(page);
  await tiktok.rehearse("unlinked", "Never return to the app");
  await tiktok.at("Something went wrong");
  await tiktok.giveUp();
  await openSettings(page);
  await page.getByRole("link", { name: "No response from TikTok?" }).click();
  await expect(heading(page, "No response from TikTok")).toBeVisible();
  await button(page, "Link a TikTok account again").click();
  await tiktok.decide("Authorize");
  await expectLinked(page, "Mai Coffee");
});

test("a callback that comes twice shows the same page and does nothing twice", async ({
  page,
  tiktok,
  portal,
}) => {
  const seen = addresses(page);
  await leaveToLink(page);
  await tiktok.authorize("unlinked");
  await expectLinked(page, "Mai Coffee");
  const letters = (await portal.letters(page)).length;

  // In the tab the route stands in the query itself.
  const callback = seen.find((address) => /\/tiktok\/callback[?&]/.test(address));
  await page.goto(callback ?? "");
  await expectLinked(page, "Mai Coffee");
  expect(await portal.letters(page)).toHaveLength(letters);
  // Going back doesn't run into the callback either.
  await page.goBack();
  await expect(page).not.toHaveURL(/callback/);
});

test("what comes back too late, or was never begun, is told so and begins again", async ({
  page,
  tiktok,
  portal,
}) => {
  await leaveToLink(page);
  await tiktok.logIn("unlinked");
  await tiktok.at("Authorize");
  await portal.advance(page, 11);
  await tiktok.decide("Authorize");
  await expect(heading(page, "Your request expired")).toBeVisible();

  await page.goto("/tiktok/callback?state=018f0000-0000-7000-8000-000000000000&code=x*1!2");
  await expect(heading(page, "We don’t recognize this request")).toBeVisible();
  await page.goto("/settings/profile");
  await expect(button(page, "Link TikTok account")).toBeVisible();
});

test("two tabs: what is mine already is said, and a second TikTok account is refused", async ({
  page,
  context,
  tiktok,
}) => {
  const second = await context.newPage();
  const there = tiktok.in(second);
  await leaveToLink(page);
  await tiktok.logIn("unlinked");
  await tiktok.at("Authorize");
  await second.goto("/settings/profile");
  await button(second, "Link TikTok account").click();
  await there.at("Authorize");

  await tiktok.decide("Authorize");
  await expectLinked(page, "Mai Coffee");
  await there.decide("Authorize");
  await expect(heading(second, "Already linked to your account")).toBeVisible();
  await second.getByRole("link", { name: "Continue" }).click();
  await expect(tiktokField(second)).toContainText("Mai Coffee");
});

test("an account that was given a link meanwhile takes no second one", async ({
  page,
  context,
  tiktok,
}) => {
  const second = await context.newPage();
  const there = tiktok.in(second);
  await leaveToLink(page);
  await tiktok.logIn("unlinked");
  await tiktok.at("Authorize");
  await second.goto("/settings/profile");
  await button(second, "Link TikTok account").click();
  await there.at("Authorize");

  await tiktok.decide("Authorize");
  await expectLinked(page, "Mai Coffee");
  await there.switchAccount("personal_account");
  await expect(heading(second, "Your account is already linked to a TikTok account")).toBeVisible();
  await second.getByRole("link", { name: "Go to your profile" }).click();
  await expect(tiktokField(second)).toContainText("Mai Coffee");
});

test("the session ended meanwhile: log in, and the link is finished", async ({
  page,
  context,
  tiktok,
}) => {
  await leaveToLink(page);
  await tiktok.logIn("unlinked");
  await tiktok.at("Authorize");
  const second = await context.newPage();
  await second.goto("/campaigns");
  await logOut(second);

  await tiktok.decide("Authorize");
  await expect(heading(page, "Your session ended")).toBeVisible();
  await page.getByRole("link", { name: "Log in" }).click();
  await typeCredentials(page, { email: MEMBER });
  await button(page, "Log in").click();
  await expectLinked(page, "Mai Coffee");
});

test("a session gone stale asks for the password before the authorization, then goes on by itself", async ({
  page,
  tiktok,
  portal,
}) => {
  await enter(page, MEMBER);
  await portal.advance(page, 11);
  await openSettings(page);
  await button(page, "Link TikTok account").click();
  const confirm = dialog(page, "Confirm it’s you");
  await confirm.getByLabel(/^Password/).fill("not-the-password");
  await confirm.getByRole("button", { name: "Confirm" }).click();
  await expect(confirm).toContainText("Incorrect password.");
  await confirm.getByLabel(/^Password/).fill(PASSWORD);
  await confirm.getByRole("button", { name: "Confirm" }).click();

  await tiktok.authorize("unlinked");
  await expectLinked(page, "Mai Coffee");
});

test("the session went stale at TikTok: the password finishes the link", async ({
  page,
  tiktok,
  portal,
}) => {
  await enter(page, MEMBER);
  await openSettings(page);
  await portal.advance(page, 5);
  await button(page, "Link TikTok account").click();
  await tiktok.logIn("unlinked");
  await tiktok.at("Authorize");
  await portal.advance(page, 6);
  await tiktok.decide("Authorize");
  await expect(heading(page, "Confirm it’s you")).toBeVisible();
  await page.getByLabel(/^Password/).fill(PASSWORD);
  await button(page, "Confirm").click();
  await expectLinked(page, "Mai Coffee");
});

test("someone who logs in by TikTok alone proves themselves there, and nobody else does", async ({
  page,
  tiktok,
  portal,
}) => {
  await page.goto("/log-in");
  await button(page, "Log in with TikTok").click();
  await tiktok.authorize("tiktok_only");
  await expect(heading(page, "Campaigns")).toBeVisible();
  await portal.advance(page, 11);
  await openSettings(page);
  await page.getByRole("link", { name: "Add an email and a password" }).click();
  const email = "pho@corner.test";
  await page.getByLabel(/^Email address/).fill(email);
  await button(page, "Confirm with TikTok").click();
  await tiktok.switchAccount("unlinked");
  await expect(heading(page, "You chose another TikTok account")).toBeVisible();
  await button(page, "Confirm with TikTok").click();
  await tiktok.switchAccount("tiktok_only");

  // Confirmed; the address that was typed is still there.
  await expect(heading(page, "Profile")).toBeVisible();
  await page.getByRole("link", { name: "Add an email and a password" }).click();
  await expect(page.getByLabel(/^Email address/)).toHaveValue(email);
  await page.getByLabel(/^Password/).fill("a-new-password-2026");
  await button(page, "Continue").click();
  await page.getByLabel(/^Verification code/).fill(await codeFor(portal, page, email));
  await button(page, "Confirm").click();
  await expect(heading(page, "Profile")).toBeVisible();
  await expect(page.getByRole("status").getByText(/password, or with TikTok/)).toBeVisible();

  // There is another way in now. TikTok's may end once its owner had three days to notice.
  await button(page, "Unlink").click();
  const unlink = dialog(page, "Unlink TikTok account?");
  await unlink.getByRole("button", { name: "Unlink" }).click();
  await expect(alert(page, "this one has to stay until")).toBeVisible();
  await portal.advance(page, 72 * 60);
  await logIn(page, { email, password: "a-new-password-2026" });
  await expect(heading(page, "Campaigns")).toBeVisible();
  await openSettings(page);
  await button(page, "Unlink").click();
  await unlink.getByRole("button", { name: "Unlink" }).click();
  await expect(button(page, "Link TikTok account")).toBeVisible();
});

test("whoever finds another's TikTok account at the fork says so, and it is gone", async ({
  page,
  tiktok,
}) => {
  await page.goto("/log-in");
  await button(page, "Log in with TikTok").click();
  await tiktok.authorize("unlinked");
  await expect(page.getByText("@unlinked")).toBeVisible();
  await button(page, "Not me").click();
  await expect(heading(page, /^Log in/)).toBeVisible();
  await page.goto("/log-in/choose");
  await expect(page.getByText("Log in with TikTok first")).toBeVisible();
  await expect(page.getByText("@unlinked")).toBeHidden();
});

test("a proof that was left too long at the fork leads back to the log-in", async ({
  page,
  tiktok,
  portal,
}) => {
  await page.goto("/log-in");
  await button(page, "Log in with TikTok").click();
  await tiktok.authorize("unlinked");
  await page.getByRole("radio", { name: /^Link to an existing/ }).check();
  await portal.advance(page, 11);
  await typeCredentials(page, { email: MEMBER });
  await button(page, "Confirm").click();
  await page.getByRole("link", { name: "Log in" }).click();
  await expect(heading(page, /^Log in/)).toBeVisible();
});

test("a session that ended is told so, and the way leads back to the page", async ({
  page,
  portal,
}) => {
  await enter(page, MEMBER);
  await openSettings(page);
  await portal.advance(page, 25 * 60);
  await page.getByLabel(/^Name/).fill("Mai");
  await button(page, "Save").click();
  await expect(page.getByText("Your session has ended.")).toBeVisible();
  await typeCredentials(page, { email: MEMBER });
  await button(page, "Log in").click();
  await expect(heading(page, "Profile")).toBeVisible();
});

test("an address from outside is not followed after the log-in", async ({ page }) => {
  for (const then of ["//evil.test", "https:evil.test", "\\evil.test", "%2f%2fevil.test"]) {
    await page.goto(`/log-in?then=${encodeURIComponent(then)}`);
    await typeCredentials(page, { email: MEMBER });
    await button(page, "Log in").click();
    await expect(page).toHaveURL(/\/campaigns$/);
    await logOut(page);
  }
});

test("the server makes a mistake: words, nothing lost, and the next try works", async ({
  page,
}) => {
  await logIn(page, { email: "server-error@portal.test" });
  await expect(alert(page, "on our side")).toBeVisible();
  await expect(page.getByLabel(/^Email address/)).toHaveValue("server-error@portal.test");
  await logIn(page, { email: "unavailable@portal.test" });
  await expect(alert(page, "busy right now")).toBeVisible();
  await typeCredentials(page, { email: MEMBER });
  await button(page, "Log in").click();
  await expect(heading(page, "Campaigns")).toBeVisible();
  // The page of the log-in is behind: back doesn't ask again.
  await page.goBack();
  await expect(heading(page, "Campaigns")).toBeVisible();
});
