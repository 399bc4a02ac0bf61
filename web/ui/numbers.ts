import { numberFormat } from "./locale.ts";

const minus = "−";

/** "+38", "−4.1", "0": a number whose sign matters, with a real minus. */
export const formatChange = (value: number, digits = 0): string => {
  const text = formatNumber(Math.abs(value), digits);
  if (Number(value.toFixed(digits)) === 0) return text;
  return value > 0 ? `+${text}` : minus + text;
};

// What rounds to nothing has no sign: "−0.0" would say that something fell.
export const formatNumber = (value: number, digits = 0): string =>
  (Number(value.toFixed(digits)) < 0 ? minus : "") +
  numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(Math.abs(value));

/** Money as people write it where the currency is known, else the plain number. */
export const formatMoney = (value: number, currency: string | null): string => writeMoney(value, currency, "negative");

/** "+€20", "−€4.10": what money changes by. */
export const formatMoneyChange = (value: number, currency: string | null): string => writeMoney(value, currency, "exceptZero");

// Of both signs Intl leaves out that of what rounds to nothing.
const writeMoney = (value: number, currency: string | null, signDisplay: "negative" | "exceptZero"): string => {
  const digits = Math.abs(value) < 10 && value !== 0 ? 2 : 0;
  const unit = currency !== null && /^[A-Z]{3}$/u.test(currency) ? ({ style: "currency", currency } as const) : {};
  return numberFormat({ ...unit, signDisplay, minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value).replace("-", minus);
};

/** "p = 0.0135", "p = 0.212", "p < 0.001": three digits that tell something, and never a probability of nothing or of all. */
export const formatP = (p: number): string => {
  if (p < 0.001) return `p < ${formatNumber(0.001, 3)}`;
  return p >= 0.9995 ? `p > ${formatNumber(0.999, 3)}` : `p = ${formatNumber(p, p < 0.0995 ? 4 : 3)}`;
};

/** "1.2k", "3.4M" where there is no room for more. */
export const formatShort = (value: number): string =>
  numberFormat({ notation: "compact", maximumFractionDigits: 1 }).format(value);

/** "72%". What is not nothing is never told as nothing, nor what is not all as all: "<1%", ">99%".
 *  @param percent 0 to 100 */
export const formatPercent = (percent: number, digits = 0): string => {
  const [least, most] = [10 ** -digits, 100 - 10 ** -digits];
  if (percent > EXACT && Number(percent.toFixed(digits)) === 0) return `<${formatNumber(least, digits)}%`;
  if (percent < 100 - EXACT && percent.toFixed(digits) === (100).toFixed(digits)) return `>${formatNumber(most, digits)}%`;
  return `${formatNumber(percent, digits)}%`;
};
// Sums of weights miss a whole by as little as this.
const EXACT = 1e-6;

/** As `formatPercent`.
 *  @param share 0 to 1 */
export const formatShare = (share: number, digits = 0): string => formatPercent(share * 100, digits);

export const formatBytes = (bytes: number): string => {
  const units = ["B", "kB", "MB", "GB"];
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${formatNumber(bytes / 1000 ** step, step === 0 ? 0 : 1)} ${units[step] ?? "B"}`;
};
