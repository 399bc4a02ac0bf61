/** Column number from 0 of a cell reference such as "AB12"; null when there is none. */
export const columnOfReference = (reference: string | null | undefined): number | null => {
  const letters = reference?.match(/^[A-Z]{1,3}/)?.[0];
  if (letters === undefined) return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
};

/** Built-in number formats of ECMA-376 part 1, 18.8.30 that show a date or a time. */
const builtInDateFormats = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58]);

/** Whether a number format shows a date or a time, so that its number is days and not an amount.
 *  @param code the custom format, null for a built-in one */
export const isDateFormat = (id: number, code: string | null): boolean => {
  if (code === null) return builtInDateFormats.has(id);
  // Quoted text, escaped characters, colours and currencies may contain the letters d, m, y without meaning a date.
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*./g, "").replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "");
  return /[dmyhs]/i.test(bare) && !/general/i.test(bare);
};

const dayMs = 86_400_000;
const epoch1900 = Date.UTC(1899, 11, 30);
const epoch1904 = Date.UTC(1904, 0, 1);

/** A spreadsheet's date number as text without a zone: "2011-12-09", "2011-12-09 12:50:00", or "12:50:00" below one day.
 *  @returns null when the number is no date between 1900 and 9999 */
export const dateOfSerial = (serial: number, is1904: boolean): string | null => {
  if (!Number.isFinite(serial) || serial < 0 || serial >= 2_958_466) return null;
  // Lotus counted 29 February 1900, which never was; numbers below 61 are one day off in every spreadsheet.
  const shifted = !is1904 && serial > 0 && serial < 60 ? serial + 1 : serial;
  const at = new Date((is1904 ? epoch1904 : epoch1900) + Math.round(shifted * dayMs)).toISOString();
  if (serial < 1) return at.slice(11, 19);
  const time = at.slice(11, 19);
  return time === "00:00:00" ? at.slice(0, 10) : `${at.slice(0, 10)} ${time}`;
};

/** The number of a cell as a person would type it: 0.1 and not 0.10000000000000001; whole numbers keep every digit. */
export const numberText = (raw: string): string => {
  if (/^-?\d+$/.test(raw)) return raw;
  const value = Number(raw);
  return Number.isFinite(value) ? String(Number(value.toPrecision(15))) : raw;
};
