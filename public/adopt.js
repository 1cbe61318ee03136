// An entry page stands in the document before the app is there, as HTML that the app itself drew at
// build time. Here the app takes it over: it draws its page beside the document, and then the
// elements that stand take the place of those that were drawn, in the document and in the app's
// memory. So what is typed, the caret, a word that an input method is composing and what the browser
// filled in stay as they are.
//
// Leptos hydrates pages, too. That would have every view compiled a second time, and an element that
// an extension or a translator put between would end the app.

// Milliseconds that an answer may keep the app waiting.
const PATIENCE = 3000;
const html = document.documentElement;
const place = document.getElementById("portal");
// What is called on elements that are not in the document yet: [type, listener, options] of each.
const listeners = new Map();
const early = window.portalEarly ?? { presses: [], sent: [] };
let hasStyles;
const addEventListener = EventTarget.prototype.addEventListener;

// Where the app is to draw; to be called before it starts.
export function prepare() {
  window.portalRoot = place;
  window.portalAnswer = take;
  for (const { dataset, textContent } of document.querySelectorAll("script[data-answers]")) {
    const answer = Promise.resolve([200, textContent]);
    early.sent.push({ path: dataset.answers, body: "{}", answer, isOfPage: true });
  }
  if (html.dataset.entry === undefined) {
    return;
  }
  // So far there are those that the page needed.
  const styles = document.createElement("link");
  styles.rel = "stylesheet";
  styles.href = document.querySelector("link[as=style]").href;
  hasStyles = new Promise((then) => (styles.onload = styles.onerror = then));
  document.head.append(styles);
  window.portalRoot = document.createElement("div");
  EventTarget.prototype.addEventListener = function (...call) {
    if (this instanceof Element && !this.isConnected) {
      const calls = listeners.get(this) ?? [];
      listeners.set(this, [...calls, call]);
    }
    return addEventListener.apply(this, call);
  };
}

// Where somebody has pressed something, waits for the answer: on a phone, the app's start would keep
// it from being read.
export async function untilAnswered() {
  if (!early.presses.length) {
    return;
  }
  const answers = early.sent.map(({ answer }) => answer);
  const patience = new Promise((then) => setTimeout(then, PATIENCE));
  await Promise.race([Promise.all(answers), patience]);
}

// Takes the page over as soon as the app has drawn one; `memory` is its table of what it holds of the
// document.
export function takeOver(memory) {
  if (html.dataset.entry === undefined) {
    return;
  }
  const drawn = window.portalRoot;
  const look = () => {
    // A page that is being read has no heading yet.
    if (drawn.querySelector("h1")) {
      exchange(drawn, memory);
    } else {
      requestAnimationFrame(look);
    }
  };
  hasStyles.then(look);
}

function exchange(drawn, memory) {
  EventTarget.prototype.addEventListener = addEventListener;
  const pairs = new Map();
  const changed = [];
  adopt(place, drawn, pairs, changed);
  for (const [node, calls] of listeners) {
    calls.forEach((call) => pairs.get(node)?.addEventListener(...call));
  }
  listeners.clear();
  for (let i = 0; i < memory.length; i += 1) {
    const stands = pairs.get(memory.get(i));
    if (stands) {
      memory.set(i, stands);
    }
  }
  delete html.dataset.entry;
  // The page has read what came with it, or the app leads on; later it would be old.
  drop((it) => it.isOfPage);
  // What was typed, chosen or filled in before is told like what will be.
  for (const control of changed) {
    control.dispatchEvent(new InputEvent("input", { bubbles: true }));
    // What is being typed is no choice yet.
    if (control !== document.activeElement || control.type !== "text") {
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }
    if (control !== document.activeElement) {
      control.dispatchEvent(new FocusEvent("blur"));
    }
  }
  for (const shown of document.querySelectorAll("[data-early]")) {
    shown.closest("form").addEventListener("submit", () => shown.remove());
  }
  changeFonts();
  // Now that the app listens.
  early.presses.forEach((it) => (it instanceof HTMLFormElement ? it.requestSubmit() : it.click()));
}

// The font is fetched now, and written with from the next page on: lines of this one would move.
function changeFonts() {
  if (html.dataset.fonts === undefined) {
    return;
  }
  // Where it can't be had, the stand-in stays.
  document.fonts.load('1em "TikTok Sans"', `a${place.querySelector("main").textContent}`).then(keep, () => {});
  const { title } = document;
  const observer = new MutationObserver(() => {
    if (document.title !== title) {
      observer.disconnect();
      delete html.dataset.fonts;
    }
  });
  observer.observe(document.querySelector("title"), { childList: true });
}

// For boot.js at the next visit.
function keep() {
  try {
    localStorage.setItem("portal.fonts", "kept");
  } catch {
    // Then each visit begins with the stand-in.
  }
}

// The answer to what was asked before the app was there, once: a promise of its status and text. It was
// sent by early.js or boot.js, or came with the page. Once the app asks otherwise, it is of no use.
function take(path, body) {
  return drop((it) => it.path === path).find((it) => it.body === body)?.answer;
}

// Forgets those that were sent, and gives them.
function drop(which) {
  const dropped = early.sent.filter(which);
  dropped.forEach((it) => early.sent.splice(early.sent.indexOf(it), 1));
  return dropped;
}

// Makes what stands equal to what was drawn, and notes which node is which. No element moves that is
// in both.
function adopt(stands, drawn, pairs, changed) {
  pairs.set(drawn, stands);
  // The app holds these of an element as well.
  pairs.set(drawn.classList, stands.classList);
  pairs.set(drawn.style, stands.style);
  const isChanged = isTouched(stands);
  for (const { name } of [...stands.attributes]) {
    if (!drawn.hasAttribute(name) && stands !== place) {
      stands.removeAttribute(name);
    }
  }
  for (const { name, value } of drawn.attributes) {
    if (stands.getAttribute(name) !== value) {
      stands.setAttribute(name, value);
    }
  }
  let next = stands.firstChild;
  for (const child of [...drawn.childNodes]) {
    const match = find(next, child);
    while (match && next !== match) {
      next = remove(next);
    }
    if (!match) {
      stands.insertBefore(child, next);
    } else if (match instanceof Element) {
      adopt(match, child, pairs, changed);
    } else {
      pairs.set(child, match);
    }
    next = match ? match.nextSibling : next;
  }
  while (next) {
    next = remove(next);
  }
  if (isChanged) {
    changed.push(stands);
  } else if (isSwitch(stands)) {
    stands.checked = drawn.checked;
  } else if ("value" in stands && stands.value !== drawn.value) {
    stands.value = drawn.value;
  }
}

// What stands for a node that was drawn, from `node` on.
function find(node, drawn) {
  if (drawn instanceof Element) {
    for (let it = node; it; it = it.nextSibling) {
      if (it.nodeName === drawn.nodeName && it.id === drawn.id) {
        return it;
      }
    }
    return null;
  }
  const isSame = node?.nodeType === Node.TEXT_NODE && drawn.nodeType === Node.TEXT_NODE;
  return isSame && node.data === drawn.data ? node : null;
}

// Removes a node, but for what early.js has put there to be read, and gives the next.
function remove(node) {
  const next = node.nextSibling;
  if (node.dataset?.early === undefined) {
    node.remove();
  }
  return next;
}

// Whether it is on or off.
function isSwitch(control) {
  return control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type);
}

// Whether its user, or the browser for them, has changed a control.
function isTouched(control) {
  if (control instanceof HTMLSelectElement) {
    return [...control.options].some((option) => option.selected !== option.defaultSelected);
  }
  if (!(control instanceof HTMLInputElement)) {
    return false;
  }
  return isSwitch(control)
    ? control.checked !== control.defaultChecked
    : control.value !== control.defaultValue;
}
