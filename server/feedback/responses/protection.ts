// What is noticed about a complete response when it comes in. Nothing is refused here: what looks wrong is kept and flagged.
import type { Queryable } from "#platform/db";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import type { Answers, SurveyDefinition } from "../surveys/definition.contract.ts";
import type { SurveySettings } from "../surveys/survey-settings.contract.ts";
import { isProven } from "./proof-of-work.ts";
import { isStraightLined, isTooFast } from "./protection.rules.ts";
import type { SaveResponseBody } from "./responses.contract.ts";

/** Who sends a response: an address of the network, or a part of the product that answers for it. `cannotProve`: a form of a browser that runs no script. */
export type Sender = { address: string | null; isTrusted?: boolean; cannotProve?: boolean };

const HOUR_MS = 3_600_000;
// Old addresses are forgotten when there are many, so that a flood of them cannot fill the memory.
const ADDRESSES_MAX = 50_000;

/** Counts complete responses by survey and address over an hour, in this process. */
class AddressCounts {
  readonly #counts = new Map<string, { sinceMs: number; count: number }>();

  /** Counts one more.
   *  @returns how many there are within the hour */
  add(key: string, nowMs: number): number {
    const kept = this.#counts.get(key);
    const current = kept === undefined || nowMs - kept.sinceMs >= HOUR_MS ? { sinceMs: nowMs, count: 0 } : kept;
    current.count += 1;
    this.#counts.delete(key);
    this.#counts.set(key, current);
    if (this.#counts.size > ADDRESSES_MAX) {
      const oldest = this.#counts.keys().next();
      if (oldest.done === false) this.#counts.delete(oldest.value);
    }
    return current.count;
  }
}

const counted = new WeakMap<Services, AddressCounts>();

/** The flags of a complete response. Call it once for each: it counts the address. */
export const flagsOf = async (
  services: Services,
  db: Queryable,
  given: {
    body: SaveResponseBody; sender: Sender; survey: { workspaceId: string; id: string }; settings: SurveySettings;
    definition: SurveyDefinition; answers: Answers; now: Date;
  },
): Promise<string[]> => {
  const { body, sender, survey, settings, definition, answers, now } = given;
  const flags = isStraightLined(definition, answers) ? ["straight_lining"] : [];
  if (sender.isTrusted === true) return flags;
  if (settings.protection.isPaceChecked && isTooFast({ ...body, answers })) flags.push("too_fast");
  if (settings.protection.proofOfWork === "light" && sender.cannotProve !== true) {
    const secret = (await findWorkspace(db, survey.workspaceId))?.secret ?? "";
    if (!isProven(body.proof, { secret, surveyId: survey.id, responseId: body.id, now })) flags.push("no_proof");
  }
  if (sender.address !== null && isOneTooMany(services, `${survey.id} ${sender.address}`, settings.protection.perAddressHourly, now)) flags.push("many_from_one_address");
  return flags;
};

const isOneTooMany = (services: Services, key: string, hourly: number, now: Date): boolean => {
  const counts = counted.get(services) ?? new AddressCounts();
  counted.set(services, counts);
  return counts.add(key, now.getTime()) > hourly * services.config.rateLimitFactor;
};
