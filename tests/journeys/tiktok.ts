// A person at TikTok: on the server at its own pages, in the tab at the same pages in a frame.

import { expect, type FrameLocator, type Page } from "@playwright/test";

import type { Host } from "./portal.ts";

/** The password of every account that is there from the start, here and at TikTok. */
export const PASSWORD = "Portal-demo-2026";

/** What the person does once they stand at the consent page. */
type Decision = "Authorize" | "Cancel";

export class TikTok {
  readonly page: Page;
  readonly host: Host;

  constructor(page: Page, host: Host) {
    this.page = page;
    this.host = host;
  }

  /** The same person in another tab or window. */
  in(page: Page): TikTok {
    return new TikTok(page, this.host);
  }

  /** TikTok's page: the whole tab, or the frame within. */
  get root(): Page | FrameLocator {
    return this.host === "server"
      ? this.page
      : this.page.getByTitle(/TikTok/).contentFrame();
  }

  /** Waits until TikTok shows the page with this heading. */
  async at(heading: string): Promise<void> {
    await expect(this.root.getByRole("heading", { level: 1, name: heading })).toBeVisible();
  }

  async logIn(username: string, password = PASSWORD): Promise<void> {
    await this.at("Log in to TikTok");
    await this.root.getByLabel("Username").fill(username);
    await this.root.getByLabel("Password").fill(password);
    await this.root.getByRole("button", { name: "Log in" }).click();
  }

  async decide(decision: Decision): Promise<void> {
    await this.at("Authorize");
    await this.root.getByRole("button", { name: decision }).click();
  }

  /** Logs in and authorizes. */
  async authorize(username: string): Promise<void> {
    await this.logIn(username);
    await this.decide("Authorize");
  }

  /** Logs in and presses Cancel. */
  async cancel(username: string): Promise<void> {
    await this.logIn(username);
    await this.decide("Cancel");
  }

  /** Logs in and authorizes, but not to read the profile. */
  async denyProfile(username: string): Promise<void> {
    await this.logIn(username);
    await this.at("Authorize");
    await this.root.getByRole("switch").uncheck();
    await this.decide("Authorize");
  }

  /** Creates a TikTok account on the way and authorizes. */
  async createAccount(username: string, displayName: string): Promise<void> {
    await this.at("Log in to TikTok");
    await this.root.getByRole("link", { name: "Create a TikTok account" }).click();
    await this.at("Create a TikTok account");
    await this.root.getByLabel("Username").fill(username);
    await this.root.getByLabel("Display name").fill(displayName);
    await this.root.getByLabel("Password").fill(PASSWORD);
    await this.root.getByRole("button", { name: "Create account" }).click();
    await this.decide("Authorize");
  }

  /** At the consent page of one account, takes another and authorizes. */
  async switchAccount(username: string): Promise<void> {
    await this.at("Authorize");
    await this.root.getByRole("button", { name: "Switch account" }).click();
    await this.authorize(username);
  }

  /** Logs in and authorizes, with TikTok answering otherwise than it would. */
  async rehearse(username: string, answer: string): Promise<void> {
    await this.logIn(username);
    await this.answer(answer);
  }

  /** Authorizes, with TikTok answering otherwise than it would. */
  async answer(answer: string): Promise<void> {
    await this.at("Authorize");
    await this.root.getByText("Simulate TikTok’s response").click();
    const select = this.root.getByLabel("When you press Authorize");
    await select.selectOption({ label: answer });
    await this.decide("Authorize");
  }

  /** Leaves TikTok without an end: by the browser's button, or by closing the frame. */
  async giveUp(): Promise<void> {
    if (this.host === "server") {
      await this.page.goto("/");
    } else {
      await this.page.getByRole("button", { name: "Close" }).click();
    }
  }
}
