// What must hold on a page however it is looked at: nothing sticks out, nothing is cut off, and
// axe finds nothing to say.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

import type { AxeResults } from "axe-core";

import { expect, type Page } from "./portal.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Levels A and AA of WCAG 2.0, 2.1 and 2.2. */
const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** No violation of WCAG 2.2 at the levels A and AA. */
export async function expectNoViolations(page: Page, where: string): Promise<void> {
  if (!(await page.evaluate(() => "axe" in window))) {
    await page.evaluate(AXE);
  }
  const violations = await page.evaluate(async (levels) => {
    // What a bar at the window's edge covers depends on where the page was scrolled to.
    scrollTo(0, 0);
    const bars = [...document.querySelectorAll<HTMLElement>("body *")].filter(
      (element) => getComputedStyle(element).position === "sticky",
    );
    bars.forEach((bar) => (bar.style.position = "relative"));
    const { axe } = window as unknown as {
      axe: { run: (context: Document, options: object) => Promise<AxeResults> };
    };
    const { violations } = await axe.run(document, {
      runOnly: { type: "tag", values: levels },
      resultTypes: ["violations"],
    });
    bars.forEach((bar) => bar.style.removeProperty("position"));
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}\n  ${html}\n  ${failureSummary}`),
    );
  }, LEVELS);
  expect.soft(violations, where).toEqual([]);
}

/** Nothing is wider than the window, sticks out of it, or is cut off by what it stands in. */
export async function expectToFit(page: Page, where: string): Promise<void> {
  const problems = await page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
      found.push(`the page is ${root.scrollWidth} wide in ${root.clientWidth}`);
    }
    const name = (element: Element) => {
      const words = (element.textContent ?? "").trim().slice(0, 40);
      return `<${element.tagName.toLowerCase()} class="${element.getAttribute("class")}"> ${words}`;
    };
    // What only a screen reader is told takes no room.
    const isUnseen = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      return width <= 1 || height <= 1;
    };
    const cuts = (how: string) => how === "hidden" || how === "clip";
    const pen = document.createElement("canvas").getContext("2d");
    // A choice that is too long for its box doesn't scroll: it is measured.
    const isChoiceCut = (select: HTMLSelectElement) => {
      const { font, paddingInlineStart, paddingInlineEnd } = getComputedStyle(select);
      const words = select.selectedOptions[0]?.text ?? "";
      if (pen) {
        pen.font = font;
      }
      const room = select.clientWidth - parseFloat(paddingInlineStart) - parseFloat(paddingInlineEnd);
      return (pen?.measureText(words).width ?? 0) > room + 1;
    };
    for (const element of document.querySelectorAll("body *")) {
      if (!element.checkVisibility() || element.closest("svg, option, [aria-hidden=true]")) {
        continue;
      }
      if (isUnseen(element)) {
        continue;
      }
      const box = element.getBoundingClientRect();
      if (box.left < -1 || box.right > root.clientWidth + 1) {
        let scroller = element.parentElement;
        while (scroller && !/auto|scroll/.test(getComputedStyle(scroller).overflowX)) {
          scroller = scroller.parentElement;
        }
        if (!scroller) {
          found.push(`sticks out, ${Math.round(box.left)} to ${Math.round(box.right)}: ${name(element)}`);
        }
      }
      const style = getComputedStyle(element);
      const isWider = element.scrollWidth > element.clientWidth + 1;
      const isHigher = element.scrollHeight > element.clientHeight + 1;
      // What is typed into a line scrolls in it.
      const scrolls = element instanceof HTMLInputElement && element.value !== "";
      const isCutAside = cuts(style.overflowX) && isWider && !scrolls;
      if (isCutAside || (cuts(style.overflowY) && isHigher)) {
        found.push(`cut off: ${name(element)}`);
      }
      if (element instanceof HTMLSelectElement && isChoiceCut(element)) {
        found.push(`its choice is cut off: ${name(element)}`);
      }
      if (element.matches("button, a, label, select") && !/auto|scroll/.test(style.overflowX)) {
        if (isWider && style.display !== "inline") {
          found.push(`its words are wider than it: ${name(element)}`);
        }
      }
    }
    return found;
  });
  expect.soft(problems, where).toEqual([]);
}
