// A browser that translates a page: each text gives way to an element, as Chromium's translator does
// it, and what comes later is translated too.

import { type Page } from "./portal.ts";

/** Marks what was translated, without changing what it says. */
const MARK = /[⟦⟧]/g;

/** Translates what is there, and with `goOn` what comes. */
export async function translate(page: Page, { goOn = false } = {}): Promise<void> {
  await page.evaluate((goOn) => {
    const skipped = "script, style, noscript, textarea, font";
    const isText = (node: Node): node is Text =>
      node instanceof Text && /\S/.test(node.data) && node.parentElement?.closest(skipped) === null;
    const all = () => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) {
        if (isText(walker.currentNode)) {
          texts.push(walker.currentNode);
        }
      }
      for (const text of texts) {
        const [outer, inner] = [document.createElement("font"), document.createElement("font")];
        inner.textContent = `⟦${text.data}⟧`;
        outer.append(inner);
        text.replaceWith(outer);
      }
    };
    all();
    if (goOn) {
      const observer = new MutationObserver(all);
      observer.observe(document.body, { childList: true, characterData: true, subtree: true });
    }
  }, goOn);
}

/** What is read on the page, whoever wrote it; also what a style shows only after a moment. */
export async function read(page: Page): Promise<string> {
  const texts = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: string[] = [];
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement?.closest("script, style, noscript")) {
        texts.push(walker.currentNode.textContent ?? "");
      }
    }
    return texts.join(" ");
  });
  return texts.replace(MARK, "").replace(/\s+/g, " ").trim();
}
