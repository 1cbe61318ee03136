// Builds each page of the bench for production, as Vite's own templates would: `node build.mjs OUT`.

import { join } from "node:path";

import { svelte } from "@sveltejs/vite-plugin-svelte";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import solid from "vite-plugin-solid";

/** Has nothing painted before the script has run, or a form could be submitted that nobody listens to. */
const blocking = {
  name: "blocking",
  transformIndexHtml: {
    order: "post",
    handler: (page) => page.replace("<script ", '<script blocking="render" '),
  },
};

const PAGES = {
  vanilla: [blocking],
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
