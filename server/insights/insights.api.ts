// What later modules, and the start of the server, may call.
export { demoScaleSchema } from "./demo/demo.contract.ts";
export { loadDemo, showDemo } from "./demo/demo.ts";
