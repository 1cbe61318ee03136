// A browser that is driven as WebDriver says (https://www.w3.org/TR/webdriver2/): those that
// Playwright has no builds of its own for.

import { spawn } from "node:child_process";

import { freePort } from "./portal.ts";

/** How a driver is started, and what is asked of it. */
export type Driver = { command: (port: number) => string[]; capabilities: object };

export class Browser {
  readonly #root: string;
  readonly #end: () => void;

  private constructor(root: string, end: () => void) {
    this.#root = root;
    this.#end = end;
  }

  static async start({ command, capabilities }: Driver): Promise<Browser> {
    const port = await freePort();
    const [program = "", ...words] = command(port);
    // A group of its own: the driver stands behind a script that gives it a display.
    const driver = spawn(program, words, { stdio: "ignore", detached: true });
    const end = () => {
      if (driver.pid !== undefined && driver.exitCode === null) {
        process.kill(-driver.pid, "SIGTERM");
      }
    };
    try {
      const root = `http://127.0.0.1:${port}`;
      for (let isReady = false; !isReady; ) {
        isReady = await fetch(`${root}/status`).then(
          (answer) => answer.ok,
          () => false,
        );
      }
      const wanted = { capabilities: { alwaysMatch: { pageLoadStrategy: "none", ...capabilities } } };
      const session = (await send("POST", `${root}/session`, wanted)) as { sessionId: string };
      return new Browser(`${root}/session/${session.sessionId}`, end);
    } catch (error) {
      end();
      throw error;
    }
  }

  async close(): Promise<void> {
    try {
      await send("DELETE", this.#root);
    } finally {
      this.#end();
    }
  }

  async open(url: string): Promise<void> {
    await send("POST", `${this.#root}/url`, { url });
  }

  async back(): Promise<void> {
    await send("POST", `${this.#root}/back`, {});
  }

  /** What a script gives back, run in the page. */
  async evaluate<T>(script: string): Promise<T> {
    return (await send("POST", `${this.#root}/execute/sync`, { script, args: [] })) as T;
  }

  /** Waits until an expression holds in the page. */
  async until(expression: string): Promise<void> {
    const script = `try { return Boolean(${expression}); } catch { return false; }`;
    for (let holds = false; !holds; ) {
      // Between two pages there is none that could say.
      holds = await this.evaluate<boolean>(script).catch(() => false);
    }
  }

  /** Plugs in an authenticator whose user is there and is recognized
   * (https://www.w3.org/TR/webauthn-3/#sctn-automation). */
  async addAuthenticator(): Promise<void> {
    await send("POST", `${this.#root}/webauthn/authenticator`, {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserConsenting: true,
      isUserVerified: true,
    });
  }

  /** What is read under an expression, once it holds. */
  async textOf(expression: string): Promise<string> {
    await this.until(expression);
    return this.evaluate(`return (${expression}).textContent`);
  }

  /** Clicks what a selector finds, once it is there: a page that is being drawn may take it away again at once. */
  async click(selector: string): Promise<void> {
    for (let isClicked = false; !isClicked; ) {
      isClicked = await this.#clickOnce(selector).then(
        () => true,
        (error: unknown) => {
          if (/"(no such element|stale element reference)"/.test(String(error))) {
            return false;
          }
          throw error;
        },
      );
    }
  }

  async #clickOnce(selector: string): Promise<void> {
    const found = await send("POST", `${this.#root}/element`, {
      using: "css selector",
      value: selector,
    });
    const [id] = Object.values(found as Record<string, string>);
    await send("POST", `${this.#root}/element/${id}/click`, {});
  }

  /** Presses keys, one each 50 milliseconds. */
  async type(text: string): Promise<void> {
    const actions = [...text].flatMap((value) => [
      { type: "keyDown", value },
      { type: "keyUp", value },
      { type: "pause", duration: 50 },
    ]);
    await send("POST", `${this.#root}/actions`, {
      actions: [{ type: "key", id: "keyboard", actions }],
    });
  }
}

async function send(method: string, url: string, body?: object): Promise<unknown> {
  const answer = await fetch(url, {
    method,
    headers: { "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const { value } = (await answer.json()) as { value: unknown };
  if (!answer.ok) {
    throw new Error(`${method} ${url}: ${JSON.stringify(value)}`);
  }
  return value;
}
