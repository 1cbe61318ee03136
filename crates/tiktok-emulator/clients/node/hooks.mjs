// `#imports` is a name that Nuxt's build resolves.

export const resolve = (name, context, next) =>
  name === "#imports"
    ? { url: new URL("nuxt.mjs", import.meta.url).href, shortCircuit: true }
    : next(name, context);
