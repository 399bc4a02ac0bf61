export { defineModule, getNaming } from "./manifest.ts";
export type { Authenticator, ModuleManifest, NamingSource } from "./manifest.ts";
