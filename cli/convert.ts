import { open } from "node:fs/promises";
import { ConversionFault } from "@firsthand/server/feedback/conversions/conversion-fault.rules";
import { SURVEY_FILE_BYTES_MAX, convertSurvey } from "@firsthand/server/feedback/conversions/convert.rules";
import type { FidelityReport, SourceElement, SurveyConversion } from "@firsthand/server/feedback/conversions/conversions.contract";
import { CommandError, type Command, type Output } from "./command.ts";
import { conversionTools } from "./convert-tools.ts";

export const convertCommand: Command = {
  name: "convert",
  summary: "Convert a survey of Qualtrics, LimeSurvey, SurveyJS, Typeform, Formbricks or XLSForm.",
  usage: "FILE [--json]",
  positionals: { min: 1, max: 1 },
  options: {
    json: { help: "Print {\"survey\", \"report\"} as JSON instead of the report as text." },
  },
  notes: [
    "What the file is follows from its content: .qsf, .lss, JSON of SurveyJS, Typeform, Formbricks or Firsthand, .xlsx of an XLSForm. - reads standard input. No server or database is needed.",
    "The report has a line for each element of the source: mapped (the same here), approximated (kept, with the difference in note) or dropped (with the reason in note). counts and byElement add them up; source and survey count what was there and what came out of it.",
  ],
  run: async (given, output) => {
    const { definition, report } = convert(await readFile(given.positionals[0] ?? ""));
    if (given.isSet("json")) output.data(`${JSON.stringify({ survey: definition, report }, null, 2)}\n`);
    else output.data(writeReport(report));
    sayOutcome(report, output);
    return 0;
  },
};

const convert = (bytes: Uint8Array): SurveyConversion => {
  try {
    return convertSurvey(bytes, conversionTools);
  } catch (fault) {
    if (fault instanceof ConversionFault) throw new CommandError(fault.message);
    throw fault;
  }
};

/** Reads at most a little more than is taken, so that a file of any size costs no memory. */
const readFile = async (path: string): Promise<Uint8Array> => {
  if (path === "-") return readStream(process.stdin);
  const file = await open(path).catch((fault: NodeJS.ErrnoException) => {
    throw new CommandError(fault.code === "ENOENT" ? `There is no file "${path}".` : `The file "${path}" cannot be read: ${fault.message}.`);
  });
  try {
    if ((await file.stat()).isDirectory()) throw new CommandError(`"${path}" is a folder.`);
    return await readStream(file.createReadStream({ autoClose: false, end: SURVEY_FILE_BYTES_MAX }));
  } finally {
    await file.close();
  }
};

const readStream = async (stream: AsyncIterable<unknown>): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) continue;
    chunks.push(chunk);
    size += chunk.length;
    if (size > SURVEY_FILE_BYTES_MAX) break;
  }
  return Buffer.concat(chunks);
};

const sayOutcome = (report: FidelityReport, output: Output): void => {
  const { mapped, approximated, dropped } = report.counts;
  output.say(`${report.name} (${report.format}): ${report.survey.questions} questions from ${report.source.questions}; ${mapped} elements mapped, ${approximated} approximated, ${dropped} dropped.`);
  const errors = report.problems.filter((problem) => problem.severity === "error");
  for (const problem of errors.slice(0, 10)) output.say(`To mend before publishing: ${problem.message}`);
};

const words: Readonly<Record<SourceElement, string>> = {
  survey: "Survey", language: "Languages", question: "Questions", option: "Options", logic: "Logic", validation: "Validation", order: "Random order", piping: "Earlier answers in texts",
  calculation: "Calculations", quota: "Quotas", ending: "Endings", message: "Messages", setting: "Settings",
};

const writeReport = (report: FidelityReport): string => {
  const lines = report.lines.filter((line) => line.outcome !== "mapped");
  const rows = Object.entries(report.byElement).map(([element, counts]) => {
    const name = Object.entries(words).find(([key]) => key === element)?.[1] ?? element;
    return `${name.padEnd(26)}${String(counts.mapped).padStart(8)}${String(counts.approximated).padStart(14)}${String(counts.dropped).padStart(9)}`;
  });
  const details = lines.map((line) => `${line.outcome === "dropped" ? "Dropped" : "Approximated"}: ${line.source} (${line.element}). ${line.note ?? ""}`.trimEnd());
  return [`${"".padEnd(26)}${"mapped".padStart(8)}${"approximated".padStart(14)}${"dropped".padStart(9)}`, ...rows, ...(details.length === 0 ? [] : ["", ...details]), ""].join("\n");
};
