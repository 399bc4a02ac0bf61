// What customers wrote, for whoever may not see customers: strangers with a link, readers of mails, keys without the right.
import type { ListedPerception } from "#customers";
import type { Services } from "#platform/services";
import { findPersonalData, redact, type PersonalData } from "@firsthand/text";
import { listReadings } from "./readings.queries.ts";

/** A text that nobody has looked through yet is looked through here, which takes a millisecond; a longer one is not shown. */
const SEARCHED_LENGTH_MAX = 10_000;

/** The same records with every personal datum as its kind in brackets: that which was found when the comment was read, else found now. */
export const hideTexts = async (services: Services, workspaceId: string, records: readonly ListedPerception[]): Promise<ListedPerception[]> => {
  const written = records.flatMap(({ id, text }) => (text === null ? [] : [id]));
  const found = new Map((written.length === 0 ? [] : await listReadings(services.db, workspaceId, written)).map(({ id, personalData }) => [id, personalData]));
  return records.map((record) => ({
    ...record,
    text: record.text === null ? null : hideText(record.text, found.get(record.id)),
    choice: record.choice === null ? null : hideText(record.choice, undefined),
    choiceLabel: record.choiceLabel === null ? null : hideText(record.choiceLabel, undefined),
  }));
};

const hideText = (text: string, found: readonly PersonalData[] | undefined): string => {
  if (found !== undefined) return redact(text, found);
  return redact(text, text.length > SEARCHED_LENGTH_MAX ? [{ kind: "unread", from: 0, to: text.length }] : findPersonalData(text));
};
