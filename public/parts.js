// Fetches the pages that travel apart from the first module, and gives them to it. `cargo xtask dist`
// adds which files each part needs.

import module from "./business-portal.js";

// After so long nobody waits any more: as for an answer of the host.
const LOST = 30_000;

// What is there, or on its way. A file that didn't come is asked for again.
const files = new Map();

function file(name) {
  if (!files.has(name)) {
    const coming = name.endsWith(".css") ? style(name) : instantiate(name);
    files.set(name, coming);
    coming.catch(() => files.delete(name));
  }
  return files.get(name);
}

async function instantiate(name) {
  const url = new URL(name, import.meta.url);
  const answer = await fetch(url, { signal: AbortSignal.timeout(LOST) });
  // A server with another release doesn't have it any more. Then only a reload helps.
  window.portalReplaced ||= answer.status === 404;
  // Is there already, and gives what it exports.
  const first = await module();
  await WebAssembly.instantiateStreaming(answer, { __wasm_split: first });
}

// What guests see first needs none of it (style/parts.css).
function style(name) {
  const href = new URL(name, import.meta.url);
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  document.head.append(link);
  return new Promise((then, fail) => Object.assign(link, { onload: then, onerror: fail }));
}

// What the module calls to have a part: it is told by a function of its table whether the part came.
function part(...names) {
  return async (done, which) => {
    const all = await Promise.allSettled(names.map(file));
    const first = await module();
    const isThere = all.every(({ status }) => status === "fulfilled");
    first.__indirect_function_table.get(done)(which, isThere);
  };
}
