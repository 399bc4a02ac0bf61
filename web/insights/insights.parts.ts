export { DemoBanner } from "./demo/DemoBanner.tsx";
