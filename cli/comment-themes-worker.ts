// Finds the themes of a sample in a thread of its own, whose memory is given back before the file is read.
import { parentPort, workerData } from "node:worker_threads";
import { discoverThemes, openShippedReader, themeCommentOf } from "@firsthand/text";
import type { NamedTheme } from "./comment-themes.ts";

const seed = 20_261_122;

const sample: readonly string[] = workerData;
const comments = openShippedReader().read(sample).map((reading, index) => themeCommentOf(sample[index] ?? "", reading));
const found: NamedTheme[] = discoverThemes(comments, { seed }).map(({ name, terms, slope, offset }) => ({ name, terms, slope, offset }));
parentPort?.postMessage(found);
