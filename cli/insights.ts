import { narrowingNames } from "@firsthand/server/insights/metrics/narrowing.rules";
import { UsageError, type Command, type Given } from "./command.ts";
import { writeAlerts, writeBreaks, writeCohorts, writeComments, writeDrivers, writeGroups, writeNeeds, writeNotes, writeOutcomes, writeRetention, writeSummary, writeThemes, writeTrend } from "./insights-tables.ts";
import { writeWhy } from "./insights-why.ts";
import { askServer, readServer, serverOptions } from "./server.ts";

const places = narrowingNames;
const period = ["from", "to"] as const;

type OptionName = (typeof places)[number] | (typeof period)[number] | "metric" | "by" | "bucket" | "state" | "outcome" | "factors" | "missing" | "days";
/** An address of the API, what may be said beside the question, and how the reply is written; without a table always as JSON. */
type Question = {
  url: string; ability: string; takes: readonly OptionName[]; usual?: Partial<Record<OptionName, string>>; table?: (reply: unknown) => string;
  /** Another address that is asked the same, and written below the table. */
  below?: { url: string; write: (reply: unknown) => string };
};

const questions: Record<string, Question> = {
  summary: { url: "/api/metrics/summary", ability: "metrics.read", takes: [...period, ...places], table: writeSummary },
  why: { url: "/api/explanations", ability: "metrics.read", takes: [...period, ...places, "metric"], usual: { metric: "nps" }, table: writeWhy },
  trend: { url: "/api/metrics/trend", ability: "metrics.read", takes: [...period, ...places, "metric", "bucket"], usual: { metric: "nps" }, table: writeTrend, below: { url: "/api/metrics/breaks", write: writeBreaks } },
  breaks: { url: "/api/metrics/breaks", ability: "metrics.read", takes: [...period, ...places, "metric", "bucket"], usual: { metric: "nps" }, table: writeBreaks },
  groups: { url: "/api/metrics/breakdown", ability: "metrics.read", takes: [...period, ...places, "metric", "by"], usual: { metric: "nps", by: "touchpoint" }, table: writeGroups },
  answers: { url: "/api/metrics/answers", ability: "metrics.read", takes: [...period, ...places, "metric"], usual: { metric: "nps" } },
  comments: { url: "/api/comments/summary", ability: "comments.read", takes: [...period, ...places], table: writeComments },
  themes: { url: "/api/themes", ability: "comments.read", takes: [...period, ...places], table: writeThemes },
  alerts: { url: "/api/alerts", ability: "alerts.read", takes: ["state"], table: writeAlerts },
  drivers: { url: "/api/surveys/:survey/drivers", ability: "responses.read", takes: [...period, "survey", "outcome", "factors", "missing", "touchpoint", "channel", "segment", "trait", "environment", "product", "team", "department", "member"], table: writeDrivers },
  outcomes: { url: "/api/outcomes/groups", ability: "outcomes.read", takes: [...period, "by", "days"], usual: { by: "nps" }, table: writeOutcomes },
  retention: { url: "/api/outcomes/survival", ability: "outcomes.read", takes: [...period, "by", "days"], table: writeRetention },
  cohorts: { url: "/api/outcomes/cohorts", ability: "outcomes.read", takes: [...period, "bucket", "days"], table: writeCohorts },
  notes: { url: "/api/annotations", ability: "annotations.read", takes: [...period], table: writeNotes },
  needs: { url: "/api/need-facts", ability: "need-facts.read", takes: [...period, ...places.filter((name) => name !== "survey")], table: writeNeeds },
};
const names = Object.keys(questions);

export const insightsCommand: Command = {
  name: "insights",
  summary: "Ask a running Firsthand for its numbers, with their intervals.",
  usage: `${names.join("|")} --key fhk_… [options]`,
  positionals: { min: 1, max: 1 },
  options: {
    ...serverOptions("that the question needs"),
    metric: { value: "NAME", help: "For why, trend, breaks, groups and answers: nps (default), csat, ces or another of the workspace." },
    by: { value: "NAME", help: "For groups: touchpoint (default), channel, stage, environment, product, survey, source, team, department, member, segment, persona, language, emotion, month, weekday or trait:plan. For outcomes and retention: nps, csat, needs, need_promise, trait:plan and the like." },
    bucket: { value: "day|week|month", help: "For trend and breaks: the step. For cohorts: week or month (default)." },
    state: { value: "open|over", help: "For alerts: only those that last, or are over." },
    outcome: { value: "ID", help: "For drivers: the question to explain (default: the survey's NPS, else CSAT, CES or first rating)." },
    factors: { value: "IDS", help: "For drivers: questions and what else --json lists as questions, such as need:EASY,touchpoint:Checkout,effort:contacts (default: every other score)." },
    missing: { value: "HOW", help: "For drivers: listwise (default), pairwise, mean or multiple." },
    days: { value: "N", help: "For outcomes and retention: days within which a purchase must come." },
    from: { value: "DAY", help: "First day, such as 2026-03-01 (default: 90 days before the end)." },
    to: { value: "DAY", help: "The day after the last (default: now)." },
    touchpoint: { value: "NAME", isRepeatable: true, help: "Only there; may be given again for more." },
    channel: { value: "NAME", isRepeatable: true, help: "Only there." },
    stage: { value: "NAME", isRepeatable: true, help: "Only there." },
    environment: { value: "NAME", isRepeatable: true, help: "Only in this environment." },
    product: { value: "NAME", isRepeatable: true, help: "Only about this product." },
    source: { value: "NAME", isRepeatable: true, help: "Only from there." },
    survey: { value: "ID", isRepeatable: true, help: "Only of this survey; for drivers: which." },
    department: { value: "NAME", isRepeatable: true, help: "Only where a team of this department served, as it was then." },
    team: { value: "ID", isRepeatable: true, help: "Only where this team served, as it was then." },
    member: { value: "ID", isRepeatable: true, help: "Only where this member served." },
    segment: { value: "ID", isRepeatable: true, help: "Only of customers who are in this segment or contact list now." },
    persona: { value: "ID", isRepeatable: true, help: "The same of a persona." },
    trait: { value: "NAME=VALUE", isRepeatable: true, help: "Only of customers who had this trait then, such as plan=gold." },
    json: { help: "Print the server's whole reply as JSON." },
  },
  notes: [
    "The numbers are those of the screens and of the API: each with its count and 95% interval. A change is marked only where chance does not explain it.",
    `A key needs the ability of the question: ${abilityWords()}.`,
    "Programs that talk to people ask the same by the Model Context Protocol at /api/mcp, with the same key.",
  ],
  run: async (given, output) => {
    const question = readQuestion(given);
    const server = readServer(given, question.ability);
    const ask = async (one: Question): Promise<unknown> => (await askServer(server, "GET", addressOf(one, given))).json();
    const reply = await ask(question);
    const { table, below } = question;
    const isTable = table !== undefined && !given.isSet("json");
    await output.data(isTable ? table(reply) : `${JSON.stringify(reply, null, 2)}\n`);
    // Whoever is refused what stands below has the table all the same.
    if (isTable && below !== undefined) await output.data(below.write(await ask({ ...question, url: below.url })));
    return 0;
  },
};

/** @throws UsageError for a question there is none of, and for options that say nothing about it */
const readQuestion = (given: Given): Question => {
  const [word = ""] = given.positionals;
  const question = names.includes(word) ? questions[word] : undefined;
  if (question === undefined) throw new UsageError(`"${word}" is nothing that can be asked; ask ${names.join(", ")}.`);
  const known: readonly string[] = [...question.takes, "server", "key", "json"];
  const strange = Object.keys(insightsCommand.options).find((name) => !known.includes(name) && given.options(name).length > 0);
  if (strange !== undefined) throw new UsageError(`--${strange} says nothing about ${word}; it takes ${question.takes.map((name) => `--${name}`).join(", ")}.`);
  return question;
};

const addressOf = ({ url, takes, usual = {} }: Question, given: Given): string => {
  const query = new URLSearchParams(takes.flatMap((name) => {
    const values = given.options(name);
    const usually = usual[name];
    return (values.length === 0 && usually !== undefined ? [usually] : values).map((value): [string, string] => [name, value]);
  }));
  if (!url.includes(":survey")) return `${url}?${query}`;
  const [survey, second] = given.options("survey");
  if (survey === undefined || second !== undefined) throw new UsageError("Drivers are those of one survey: name it with --survey ID.");
  query.delete("survey");
  return `${url.replace(":survey", encodeURIComponent(survey))}?${query}`;
};

function abilityWords(): string {
  return [...Map.groupBy(names, (name) => questions[name]?.ability ?? "")].map(([ability, own]) => `${ability} for ${own.join(", ")}`).join("; ");
}
