const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu;
const decimalComma = /^[+-]?\d+,\d+$/u;
const thousands = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u;

/** Reads a number as tables write it.
 *  @param delimiter of the table: where it is a comma, 1,234 in quotes is a thousand; elsewhere it is a decimal comma
 *  @returns null for anything that is not a number */
export const readNumber = (text: string, delimiter: string): number | null => {
  if (plain.test(text)) return finite(Number(text));
  if (delimiter === "," && thousands.test(text)) return finite(Number(text.replaceAll(",", "")));
  return decimalComma.test(text) ? finite(Number(text.replace(",", "."))) : null;
};

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
