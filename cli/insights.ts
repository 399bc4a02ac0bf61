import { breakdownReply, summaryReply, trendReply } from "@firsthand/server/insights/metrics/metrics.contract";
import { summaryReply as commentSummary } from "@firsthand/server/insights/comments/comments.contract";
import { UsageError, type Command, type Given } from "./command.ts";
import { askServer, readServer, serverOptions, type Server } from "./server.ts";
import { layOut, printable } from "./text-table.ts";

const ability = "metrics.read (for comments: comments.read)";

/** What can be asked, and the address that answers it. */
const questions = { summary: "/api/metrics/summary", trend: "/api/metrics/trend", groups: "/api/metrics/breakdown", answers: "/api/metrics/answers", comments: "/api/comments/summary" } as const;
type Question = keyof typeof questions;

const filters = ["from", "to", "touchpoint", "channel", "stage", "source", "survey"] as const;

export const insightsCommand: Command = {
  name: "insights",
  summary: "Ask a running Firsthand for its numbers, with their intervals.",
  usage: "summary|trend|groups|answers|comments --key fhk_… [options]",
  positionals: { min: 1, max: 1 },
  options: {
    ...serverOptions(ability),
    metric: { value: "NAME", help: "For trend, groups and answers: nps (default), csat, ces or another of the workspace." },
    by: { value: "NAME", help: "For groups: touchpoint (default), channel, stage, survey, source." },
    bucket: { value: "day|week|month", help: "For trend: the step." },
    from: { value: "DAY", help: "First day, such as 2026-03-01 (default: 90 days before the end)." },
    to: { value: "DAY", help: "The day after the last (default: now)." },
    touchpoint: { value: "NAME", isRepeatable: true, help: "Only there; may be given again for more." },
    channel: { value: "NAME", isRepeatable: true, help: "Only there." },
    stage: { value: "NAME", isRepeatable: true, help: "Only there." },
    source: { value: "NAME", isRepeatable: true, help: "Only from there." },
    survey: { value: "ID", isRepeatable: true, help: "Only of this survey." },
    json: { help: "Print the server's whole reply as JSON." },
  },
  notes: [
    "The numbers are those of the screens and of the API: each with its count and 95 % interval. A change is marked only where chance does not explain it.",
    "Programs that talk to people ask the same by the Model Context Protocol at /api/mcp, with the same key.",
  ],
  run: async (given, output) => {
    const question = readQuestion(given);
    const server = readServer(given, ability);
    const reply = await askReply(server, question, given);
    await output.data(given.isSet("json") || question === "answers" ? `${JSON.stringify(reply, null, 2)}\n` : describe(question, reply));
    return 0;
  },
};

const readQuestion = (given: Given): Question => {
  const [word = ""] = given.positionals;
  const question = (["summary", "trend", "groups", "answers", "comments"] as const).find((known) => known === word);
  if (question === undefined) throw new UsageError(`"${word}" is nothing that can be asked; ask ${Object.keys(questions).join(", ")}.`);
  return question;
};

const askReply = async (server: Server, question: Question, given: Given): Promise<unknown> => {
  const query = new URLSearchParams(filters.flatMap((name) => given.options(name).map((value): [string, string] => [name, value])));
  if (question !== "summary" && question !== "comments") query.set("metric", given.option("metric") ?? "nps");
  if (question === "groups") query.set("by", given.option("by") ?? "touchpoint");
  const bucket = given.option("bucket");
  if (question === "trend" && bucket !== null) query.set("bucket", bucket);
  return (await askServer(server, "GET", `${questions[question]}?${query}`)).json();
};

const describe = (question: Exclude<Question, "answers">, reply: unknown): string => {
  switch (question) {
    case "summary":
      return layOut([["metric", "n", "score", "95 % interval", "before", "change", ""], ...summaryReply.parse(reply).metrics.map((one) => [
        one.metric, count(one.count), decimal(one.score), interval(one), decimal(one.change?.previousScore ?? null), decimal(one.change?.difference ?? null), one.change?.isSignificant === true ? "significant" : "",
      ])]);
    case "trend":
      return layOut([["from", "n", "score", "95 % interval", ""], ...trendReply.parse(reply).points.map((one) => [one.from.slice(0, 10), count(one.count), decimal(one.score), interval(one), remarkOf(one.count)])]);
    case "groups":
      return layOut([["group", "n", "score", "95 % interval", "against the rest", ""], ...breakdownReply.parse(reply).groups.map((one) => [
        one.label === null ? "(not named)" : printable(one.label), count(one.count), decimal(one.score), interval(one), decimal(one.versusRest?.difference ?? null), one.versusRest?.isDifferent === true ? "different" : remarkOf(one.count),
      ])]);
    case "comments": {
      const { sentiments, needs, count: read } = commentSummary.parse(reply);
      const row = (name: string, part: { count: number; share: number; low: number; high: number }, isChanged: boolean) => [
        name, count(part.count), percent(part.share), `${percent(part.low)} to ${percent(part.high)}`, isChanged ? "changed" : "",
      ];
      return layOut([
        [`${count(read)} comments`, "n", "share", "95 % interval", ""],
        ...sentiments.map((one) => row(`feeling ${one.name}`, one, one.change?.isSignificant === true)),
        ...needs.flatMap((one) => [row(`${one.name} unmet`, one.unmet, one.change?.isSignificant === true), row(`${one.name} met`, one.met, false)]),
      ]);
    }
  }
};

const count = (value: number): string => value.toLocaleString("en");
const decimal = (value: number | null): string => (value === null ? "–" : value.toFixed(2));
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const interval = ({ low, high }: { low: number | null; high: number | null }): string => (low === null || high === null ? "–" : `${decimal(low)} to ${decimal(high)}`);
const remarkOf = (answers: number): string => (answers > 0 && answers < 10 ? "under 10: read the comments" : answers > 0 && answers < 30 ? "indicative" : "");
