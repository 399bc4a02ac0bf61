export { printPage } from "./printing.ts";
export type { Printed } from "./printing.ts";
