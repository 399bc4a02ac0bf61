export { defineModule } from "./manifest.ts";
export type { Authenticator, ModuleManifest } from "./manifest.ts";
