// What later modules, and the start of the server, may call.
export { loadDemo } from "./demo/demo.ts";
