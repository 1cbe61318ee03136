// What watches a page from within: put into it before anything of its own runs, it tells moments by
// the binding `benchSays`, in milliseconds since 1970.

/** Runs in the page, which knows nothing of this file. */
export function probe(refusal) {
  // The page that a tab has before it goes anywhere.
  if (location.protocol === "about:") {
    return;
  }
  const say = (what, more) => {
    window.benchSays(
      JSON.stringify({ what, at: performance.timeOrigin + performance.now(), ...more }),
    );
  };
  // The memories of wasm: the protocol can find them as well, but not at every page of Chromium 156.
  const memories = new Set();
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...call) => {
      const made = await original.apply(WebAssembly, call);
      const { exports } = made.instance ?? made;
      const found = Object.values(exports).filter((it) => it instanceof WebAssembly.Memory);
      found.forEach((memory) => memories.add(memory));
      return made;
    };
  }
  window.benchMemory = () => [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  // What is in the document when a frame is prepared is painted before the next one is.
  const painted = (then) => requestAnimationFrame(() => requestAnimationFrame(then));

  // Whoever touches its middle touches the field, and may type into it.
  function place() {
    const field = document.querySelector('input[name="email"]');
    if (!field || field.disabled || field.readOnly) {
      return null;
    }
    const { x, y, width, height } = field.getBoundingClientRect();
    const middle = { x: x + width / 2, y: y + height / 2 };
    return document.elementFromPoint(middle.x, middle.y) === field ? middle : null;
  }
  function frame() {
    const middle = place();
    if (middle) {
      requestAnimationFrame(() => say("usable", { middle }));
    } else {
      requestAnimationFrame(frame);
    }
  }
  requestAnimationFrame(frame);

  addEventListener(
    "pointerdown",
    (event) => say("pressed", { at: performance.timeOrigin + event.timeStamp }),
    true,
  );

  const isShown = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  function isRefused() {
    if (!document.body?.textContent.includes(refusal)) {
      return false;
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      if (data.includes(refusal) && isShown(parentElement)) {
        return true;
      }
    }
    return false;
  }
  let [heading, refused] = ["", false];
  function look() {
    const shown = [...document.querySelectorAll("h1")].find(isShown);
    const words = shown?.textContent.trim() ?? "";
    if (words !== heading) {
      heading = words;
      painted(() => say("heading", { words }));
    }
    if (!refused && isRefused()) {
      refused = true;
      painted(() => say("refused"));
    }
  }
  new MutationObserver(look).observe(document, {
    attributes: true,
    attributeFilter: ["class", "hidden", "inert", "open", "style"],
    characterData: true,
    childList: true,
    subtree: true,
  });
}
