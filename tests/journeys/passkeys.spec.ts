// J8: passkeys, by the browser's own virtual authenticator.

import { expect, forgetPresses, test, type Page } from "./portal.ts";
import { alert, button, dialog, enter, heading, logOut, openSettings, tiktokField } from "./screens.ts";
import { PASSWORD } from "./tiktok.ts";

test.use({ hostname: "localhost" });

const MEMBER = "email-only@portal.test";
const PHONE = "Mai’s phone";

type Authenticator = {
  verifies: (does: boolean) => Promise<void>;
  /** The device is lost, with its passkeys. */
  lose: () => Promise<void>;
};

/** Plugs in an authenticator whose user is there and is recognized. */
async function withAuthenticator(page: Page): Promise<Authenticator> {
  const browser = await page.context().newCDPSession(page);
  await browser.send("WebAuthn.enable");
  const { authenticatorId } = await browser.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  const verifies = async (isUserVerified: boolean) => {
    await browser.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
  };
  const lose = async () => {
    await browser.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
  };
  return { verifies, lose };
}

async function openPasskeys(page: Page): Promise<void> {
  await openSettings(page);
  await page.getByRole("link", { name: "See and add passkeys" }).click();
  await expect(heading(page, "Passkeys")).toBeVisible();
}

async function addPasskey(page: Page, name: string): Promise<void> {
  await page.getByLabel(/^Name/).fill(name);
  await button(page, "Add a passkey").click();
}

/** On the settings' page of passkeys. */
async function addFirst(page: Page): Promise<void> {
  await openPasskeys(page);
  await addPasskey(page, PHONE);
  await expect(page.getByRole("listitem").filter({ hasText: PHONE })).toContainText("Not used yet");
}

async function logInByPasskey(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Log in with a passkey" }).click();
}

test("a passkey is added, logs in without a word typed, and is removed", async ({
  page,
  portal,
}) => {
  await withAuthenticator(page);
  await enter(page, MEMBER);
  await openPasskeys(page);
  await expect(page.getByText("No passkeys yet.")).toBeVisible();
  await button(page, "Add a passkey").click();
  await expect(page.getByLabel(/^Name/)).toBeFocused();
  await addPasskey(page, PHONE);
  await expect(page.getByText(/^Passkey added\./)).toBeVisible();
  const listed = page.getByRole("listitem").filter({ hasText: PHONE });
  await expect(listed).toContainText("Not used yet");
  const [letter] = await portal.letters(page);
  expect(letter?.subject).toBe("A passkey was added to your account");
  expect(letter?.text).toContain(PHONE);

  await logOut(page);
  await logInByPasskey(page);
  await expect(heading(page, "Campaigns")).toBeVisible();
  await openPasskeys(page);
  await expect(listed).toContainText("Last used");
  await page.getByRole("button", { name: `Remove ${PHONE}` }).click();
  await dialog(page, "Remove this passkey?").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Passkey removed.")).toBeVisible();
  await expect(page.getByText("No passkeys yet.")).toBeVisible();
  await expect(heading(page, "Passkeys")).toBeFocused();

  await logOut(page);
  await logInByPasskey(page);
  await expect(alert(page, "No account here has this passkey.")).toBeVisible();
  await page.getByRole("link", { name: "Log in another way" }).click();
  await expect(heading(page, /^Log in/)).toBeVisible();
});

test("a log-in by passkey leads to the page that asked for it", async ({ page }) => {
  await withAuthenticator(page);
  await enter(page, MEMBER);
  await addFirst(page);
  await logOut(page);
  await page.goto("/business-center");
  await expect(page.getByText("Log in to see the page you asked for.")).toBeVisible();
  await logInByPasskey(page);
  await expect(heading(page, "Business Center")).toBeVisible();
});

test("an account that TikTok made has a second way in without a password", async ({
  page,
  portal,
  tiktok,
}) => {
  await withAuthenticator(page);
  await page.goto("/log-in");
  await button(page, "Log in with TikTok").click();
  await tiktok.authorize("tiktok_only");
  await expect(heading(page, "Campaigns")).toBeVisible();
  await addFirst(page);
  await openSettings(page);
  await expect(page.getByText("You can log in with TikTok or a passkey.")).toBeVisible();
  await button(page, "Unlink").click();
  const unlink = dialog(page, "Unlink TikTok account?");
  await unlink.getByRole("button", { name: "Unlink" }).click();
  // Whether it works isn't known yet.
  await expect(alert(page, /^This is the only way to log in that has worked/)).toBeVisible();
  await page.keyboard.press("Escape");
  await logOut(page);
  await logInByPasskey(page);
  await expect(heading(page, "Campaigns")).toBeVisible();
  await openSettings(page);
  await button(page, "Unlink").click();
  await unlink.getByRole("button", { name: "Unlink" }).click();
  await expect(alert(page, /was added only recently/)).toBeVisible();

  await portal.advance(page, 72 * 60);
  await page.goto("/log-in");
  await logInByPasskey(page);
  await expect(heading(page, "Campaigns")).toBeVisible();
  await openSettings(page);
  await button(page, "Unlink").click();
  await unlink.getByRole("button", { name: "Unlink" }).click();
  await expect(tiktokField(page)).toContainText("Link TikTok account");
  await page.reload();
  await expect(page.getByText(/^You can log in only with a passkey\./)).toBeVisible();
  await page.getByRole("link", { name: "See and add passkeys" }).click();
  await page.getByRole("button", { name: `Remove ${PHONE}` }).click();
  await dialog(page, "Remove this passkey?").getByRole("button", { name: "Remove" }).click();
  await expect(alert(page, /^This is the only way to log in/)).toBeVisible();
});

test("a passkey of the other account moves its link", async ({ page, portal }) => {
  await withAuthenticator(page);
  await enter(page, "linked@portal.test");
  await addFirst(page);
  await logOut(page);
  await enter(page, MEMBER);
  await page.goto("/link/move");
  await button(page, "Use a passkey").click();
  // Whoever adds one moves nothing by it until its owner has had the time to see it.
  await expect(alert(page, /was added only recently/)).toBeVisible();
  await portal.advance(page, 72 * 60);
  await enter(page, MEMBER);
  await page.goto("/link/move");
  await button(page, "Use a passkey").click();
  await expect(page.getByText("The link moves here in 24 hours.")).toBeVisible();
  await expect(button(page, "Stop the move")).toBeVisible();
});

test("an old session is confirmed by a passkey", async ({ page, portal }) => {
  await withAuthenticator(page);
  await enter(page, MEMBER);
  await addFirst(page);
  await openSettings(page);
  await page.getByRole("link", { name: "Change password" }).click();
  await page.getByLabel(/^New password/).fill("roasted-this-morning");
  await portal.advance(page, 11);
  await button(page, "Change password").click();
  const confirm = dialog(page, "Confirm it’s you");
  await confirm.getByRole("button", { name: "Use a passkey" }).click();
  // What was typed is sent again by itself.
  await expect(page.getByText("Your new password is set.")).toBeVisible();
});

test("an old session removes a passkey once its owner has confirmed who they are", async ({
  page,
  portal,
}) => {
  await enter(page, "passkeys@portal.test");
  await openPasskeys(page);
  await portal.advance(page, 11);
  await page.getByRole("button", { name: "Remove Office laptop" }).click();
  await dialog(page, "Remove this passkey?").getByRole("button", { name: "Remove" }).click();
  const confirm = dialog(page, "Confirm it’s you");
  await confirm.getByLabel(/^Password/).fill(PASSWORD);
  await confirm.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText("Passkey removed.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Remove / })).toHaveCount(1);
});

test("who isn’t recognized can try again", async ({ page }) => {
  const authenticator = await withAuthenticator(page);
  await enter(page, MEMBER);
  await addFirst(page);
  await logOut(page);
  await authenticator.verifies(false);
  await logInByPasskey(page);
  await expect(alert(page, "The passkey didn’t work, or it took too long.")).toBeVisible();
  await authenticator.verifies(true);
  await button(page, "Use a passkey").click();
  await expect(heading(page, "Campaigns")).toBeVisible();
});

test("who has lost the device logs in another way, and removes its passkey", async ({ page }) => {
  const phone = await withAuthenticator(page);
  await enter(page, MEMBER);
  await addFirst(page);
  await logOut(page);
  await phone.lose();
  await withAuthenticator(page);
  await logInByPasskey(page);
  await expect(alert(page, "The passkey didn’t work")).toBeVisible();
  await page.getByRole("link", { name: "Log in another way" }).click();
  await enter(page, MEMBER);
  await openPasskeys(page);
  await page.getByRole("button", { name: `Remove ${PHONE}` }).click();
  await dialog(page, "Remove this passkey?").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("No passkeys yet.")).toBeVisible();
});

test("no device makes a second passkey for one account", async ({ page }) => {
  await withAuthenticator(page);
  await enter(page, MEMBER);
  await addFirst(page);
  await addPasskey(page, "The same phone");
  await expect(alert(page, "That device or password manager already has a passkey")).toBeVisible();
  await expect(page.getByLabel(/^Name/)).toHaveValue("The same phone");
});

test("who opens the address is asked for nothing until they press, by the keyboard too", async ({
  page,
}) => {
  await withAuthenticator(page);
  await enter(page, MEMBER);
  await addFirst(page);
  await logOut(page);
  await forgetPresses(page);
  await page.goto("/log-in/passkey");
  const use = button(page, "Use a passkey");
  await use.focus();
  await expect(use).not.toHaveAttribute("aria-busy", "true");
  await page.keyboard.press("Enter");
  await expect(heading(page, "Campaigns")).toBeVisible();
});

test("a browser without passkeys says so, and what else there is", async ({ page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, "PublicKeyCredential");
  });
  await page.goto("/log-in");
  await logInByPasskey(page);
  await expect(alert(page, "This browser can’t use passkeys here.")).toBeVisible();
  await page.getByRole("link", { name: "Log in another way" }).click();
  await expect(heading(page, /^Log in/)).toBeVisible();
});
