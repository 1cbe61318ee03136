// Builds each page of the bench for production, as Vite's own templates would: `node build.mjs OUT`.

import { join } from "node:path";

import { svelte } from "@sveltejs/vite-plugin-svelte";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import solid from "vite-plugin-solid";

/** Puts the style and the script into the page itself, as whoever writes one by hand for speed does.
 * The server allows by their hashes what stands in tags without attributes. */
const inline = {
  name: "inline",
  enforce: "post",
  generateBundle(_options, bundle) {
    const page = bundle["index.html"];
    for (const [file, { code, source }] of Object.entries(bundle)) {
      if (file.endsWith(".js")) {
        const tag = new RegExp(`<script[^>]*src="/${file}"></script>`);
        page.source = page.source.replace(tag, () => `<script>${code.trim()}</script>`);
        delete bundle[file];
      } else if (file.endsWith(".css")) {
        const tag = new RegExp(`<link[^>]*href="/${file}">`);
        page.source = page.source.replace(tag, () => `<style>${String(source).trim()}</style>`);
        delete bundle[file];
      }
    }
  },
};

const PAGES = {
  vanilla: [inline],
  solid: [solid()],
  svelte: [svelte({ configFile: false })],
  react: [react()],
  supabase: [react()],
  leptos: [],
};

const out = process.argv[2];

for (const [page, plugins] of Object.entries(PAGES)) {
  // Sixteen hexadecimal digits: by them the server knows that a file never changes.
  const names = { hashCharacters: "hex", entryFileNames: "[name]-[hash:16].js" };
  await build({
    configFile: false,
    root: join(import.meta.dirname, "pages", page),
    plugins,
    logLevel: "warn",
    // Supabase's form brings one of its own along.
    resolve: { dedupe: ["react", "react-dom"] },
    build: {
      outDir: join(out, page),
      emptyOutDir: true,
      // There is one module: nothing to preload.
      modulePreload: false,
      rolldownOptions: { output: { ...names, assetFileNames: "[name]-[hash:16][extname]" } },
    },
  });
}
