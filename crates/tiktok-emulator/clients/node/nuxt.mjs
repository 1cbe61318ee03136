// What Nuxt gives to its server's code, as far as nuxt-auth-utils asks for it.

export { createError } from "h3";
export const useRuntimeConfig = () => ({});
