import { formatNumber, formatShare } from "../../ui/numbers.ts";
import type { SummaryReply } from "./comments.data.ts";

type ReadShare = SummaryReply["needs"][number]["met"];

/** The figure to show: corrected where there is a correction, else as read. */
export const shownShare = (read: ReadShare): { share: number; low: number; high: number } => read.corrected ?? read;

/** Small shares to a tenth of a point, which is what tells them apart. */
export const shareWords = (share: number): string => formatShare(share, share >= 0.0005 && share < 0.1 ? 1 : 0);

/** Its interval, and what was read, in words. */
export const intervalWords = (read: ReadShare): { low: string; high: string; count: string; read: string } => {
  const { low, high } = shownShare(read);
  return { low: formatShare(low, 1), high: formatShare(high, 1), count: formatNumber(read.count), read: formatShare(read.share, 1) };
};
