import { entriesAt, entriesOf, itemsAt, memberOf, textAt } from "./source-values.rules.ts";

/** What comes one after the other in a survey, with the branches it stands under. */
export type FlowStep =
  | { kind: "question"; qid: string; branches: readonly unknown[]; block: string; skips: readonly unknown[] }
  | { kind: "end"; branches: readonly unknown[]; element: unknown }
  | { kind: "shuffled"; qids: readonly string[]; name: string; remark: string | null }
  | { kind: "branch"; logic: unknown; name: string }
  | { kind: "left_out"; element: "logic" | "order" | "setting"; name: string; why: string };

type Block = { id: string; name: string; questions: readonly { qid: string; skips: readonly unknown[] }[]; isRandom: boolean; isLooped: boolean; isTrash: boolean };

const STEPS_MAX = 5_000;

/** The blocks of a survey by id. Qualtrics writes them as a list or as an object. */
export function readBlocks(payload: unknown): Map<string, Block> {
  return new Map(entriesOf(payload).map(([key, block]): [string, Block] => {
    const id = textAt(block, "ID") || key;
    const random = textAt(block, "Options", "RandomizeQuestions");
    return [id, {
      id, name: textAt(block, "Description") || id,
      questions: itemsAt(block, "BlockElements").filter((one) => textAt(one, "Type") === "Question").map((one) => ({ qid: textAt(one, "QuestionID"), skips: entriesAt(one, "SkipLogic").map(([, skip]) => skip) })),
      isRandom: random !== "" && random !== "false", isLooped: !["", "None"].includes(textAt(block, "Options", "Looping")), isTrash: textAt(block, "Type") === "Trash",
    }];
  }));
}

/** The survey's flow as steps. Without a flow all blocks come in order. */
export function readFlow(flow: unknown, blocks: ReadonlyMap<string, Block>): FlowStep[] {
  const steps: FlowStep[] = [];
  const seen = new Set<string>();
  const walk = (elements: readonly unknown[], branches: readonly unknown[]): void => {
    for (const element of elements) {
      if (steps.length > STEPS_MAX) return;
      readElement(element, branches);
    }
  };
  const readElement = (element: unknown, branches: readonly unknown[]): void => {
    const name = textAt(element, "FlowID") || textAt(element, "Type");
    const inner = itemsAt(element, "Flow");
    switch (textAt(element, "Type")) {
      case "Block":
      case "Standard":
        return void steps.push(...stepsOfBlock(blocks.get(textAt(element, "ID")), branches, seen));
      case "Branch": {
        const logic = memberOf(element, "BranchLogic");
        steps.push({ kind: "branch", logic, name });
        return walk(inner, [...branches, logic]);
      }
      case "EndSurvey":
        return void steps.push({ kind: "end", branches, element });
      case "Group": case "Root":
        return walk(inner, branches);
      case "BlockRandomizer": case "Randomizer":
        walk(inner, branches);
        return void steps.push(randomStep(element, inner, blocks, name));
      case "EmbeddedData":
        return void steps.push({ kind: "left_out", element: "setting", name: `${name} (embedded data)`, why: "Embedded data is not set inside a survey here; conditions on it look at the customer's traits." });
      default:
        steps.push({ kind: "left_out", element: "setting", name: `${name} (${textAt(element, "Type")})`, why: "This step of the survey flow is not done here." });
        return walk(inner, branches);
    }
  };
  const top = itemsAt(flow, "Flow");
  if (top.length === 0) for (const block of blocks.values()) steps.push(...(block.isTrash ? [] : stepsOfBlock(block, [], seen)));
  else walk(top, []);
  return steps;
}

function stepsOfBlock(block: Block | undefined, branches: readonly unknown[], seen: Set<string>): FlowStep[] {
  if (block === undefined) return [];
  if (seen.has(block.id)) return [{ kind: "left_out", element: "logic", name: `block ${block.name}`, why: "The block comes a second time in the survey flow; it is asked once here." }];
  seen.add(block.id);
  const steps: FlowStep[] = block.questions.map(({ qid, skips }) => ({ kind: "question", qid, branches, block: block.id, skips }));
  if (block.isRandom) steps.push({ kind: "shuffled", qids: block.questions.map(({ qid }) => qid), name: `block ${block.name}`, remark: null });
  if (block.isLooped) steps.push({ kind: "left_out", element: "logic", name: `block ${block.name} (loop and merge)`, why: "Questions cannot repeat for each item here; each is asked once." });
  return steps;
}

function randomStep(element: unknown, inner: readonly unknown[], blocks: ReadonlyMap<string, Block>, name: string): FlowStep {
  const parts = inner.map((one) => blocks.get(textAt(one, "ID"))?.questions.map(({ qid }) => qid) ?? []);
  const subset = textAt(element, "SubSet");
  if (parts.some((part) => part.length > 1)) return { kind: "left_out", element: "order", name: `${name} (randomizer)`, why: "Blocks of several questions come in the order of the file; only single questions can change places here." };
  const remark = subset !== "" && Number(subset) < inner.length ? `In the source ${subset} of ${inner.length} are shown; here all are, in an order of chance.` : null;
  return { kind: "shuffled", qids: parts.flat(), name: `${name} (randomizer)`, remark };
}
