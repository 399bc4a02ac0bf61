export { AlertBell } from "./alerts/AlertBell.tsx";
export { DemoBanner } from "./demo/DemoBanner.tsx";
