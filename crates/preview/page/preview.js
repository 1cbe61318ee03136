// Runs before everything else, in previews alone: a page whose clock, chance and storage are its
// own, so that an address shows the same tomorrow and in another browser.

(function () {
  "use strict";

  const asked = new URLSearchParams(location.search);
  const isFrame = window.frameElement !== null;
  const isApp = asked.has("bare");

  // Many frames of one address share its storage: each gets one that lives as long as it does.
  if (isFrame) {
    const frame = window.frameElement;
    frame.portalKept ??= { localStorage: new Map(), sessionStorage: new Map() };
    for (const [name, kept] of Object.entries(frame.portalKept)) {
      const storage = {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => void kept.set(key, String(value)),
        removeItem: (key) => void kept.delete(key),
        clear: () => kept.clear(),
      };
      Object.defineProperty(window, name, { value: storage });
    }
  }

  // What a script does in a frame, or a thumbnail at any time, must not scroll the page around it.
  if (isFrame) {
    const holds = () => window.frameElement.inert || !document.documentElement.dataset.scene;
    for (const [kind, name] of [
      [HTMLElement, "focus"],
      [Element, "scrollIntoView"],
      [HTMLDialogElement, "showModal"],
    ]) {
      const own = kind.prototype[name];
      kind.prototype[name] = function (...given) {
        const { parent } = window;
        const look = parent.portalLook ?? { left: parent.scrollX, top: parent.scrollY };
        const lookBack = () => parent.scrollTo({ ...look, behavior: "instant" });
        own.apply(this, given);
        if (!holds()) {
          return;
        }
        lookBack();
        // Chromium gives the focus to a part of such a field, and scrolls to that, in the next frame.
        if (this.type === "datetime-local") {
          parent.portalLook = look;
          parent.requestAnimationFrame(() =>
            parent.requestAnimationFrame(() => {
              lookBack();
              delete parent.portalLook;
            }),
          );
        }
      };
    }
  }

  const theme = asked.get("theme");
  if (isApp && theme) {
    try {
      localStorage.setItem("portal.theme", theme);
    } catch {
      // Then it is the system's.
    }
  }

  const text = Number(asked.get("text"));
  if (isApp && text) {
    document.documentElement.style.fontSize = `${text}%`;
  }

  // The clock stands still unless it is told to run.
  const clock = asked.get("clock") ?? "2026-11-25T03:00:00Z";
  const runs = clock === "runs" || Number.isNaN(Date.parse(clock));
  const Machine = Date;
  const start = Machine.parse(clock);
  let ahead = 0;
  const now = () => (runs ? Machine.now() : start) + ahead;
  window.Date = class extends Machine {
    constructor(...parts) {
      if (parts.length === 0) {
        super(now());
      } else {
        super(...parts);
      }
    }
    static now() {
      return now();
    }
  };
  window.portalAdvance = (milliseconds) => {
    ahead += milliseconds;
  };

  // Nobody loses patience while it stands still: what is waited for goes on being waited for.
  if (!runs) {
    const wait = window.setTimeout;
    window.setTimeout = (run, time, ...rest) => (time >= 10_000 ? 0 : wait(run, time, ...rest));
  }

  // What is drawn must differ, not be secret.
  if (!runs) {
    let drawn = 1n;
    crypto.getRandomValues = (array) => {
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      for (let place = 0; place < bytes.length; place += 1) {
        drawn = BigInt.asUintN(64, drawn + 0x9e3779b97f4a7c15n);
        let mixed = drawn;
        mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n);
        mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
        bytes[place] = Number((mixed ^ (mixed >> 31n)) & 0xffn);
      }
      return array;
    };
  }
})();
