import { renderSVG } from "uqr";
import type { QrQuery } from "./surveys.contract.ts";

/** The link of a survey as a code to scan, black on white whatever the theme, so that any camera reads it.
 *  A quarter of it may be torn or dirty (level Q), because it hangs in shops and lies on tables.
 *  @param url address of the public page; the code adds that it was scanned, and where it hangs */
export const drawQrCode = (url: string, where: QrQuery): string => {
  const given = Object.entries(where).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]));
  const query = new URLSearchParams([["channel", "qr"], ...given]);
  return renderSVG(`${url}?${query}`, { ecc: "Q", border: 4 });
};
