import { formatMoment } from "../../ui/dates.ts";
import { locale } from "../../ui/locale.ts";
import type { Translate } from "../../ui/texts.ts";
import type { ContactPolicy, LedgerEntry } from "./contact-policy.data.ts";
import type { ContactPolicyTexts } from "./contact-policy.texts.ts";

type Say = Translate<ContactPolicyTexts>;

/** A policy as sentences, in the order in which people ask about it. */
export const policySentences = (policy: ContactPolicy, t: Say): string[] => {
  const list = (words: readonly string[]): string => new Intl.ListFormat(locale(), { type: "conjunction" }).format(words);
  const budget = policy.isOn
    ? [
        ...policy.caps.map(({ contacts, days }) => t("sayCap", { contacts, days })),
        ...(policy.betweenDays > 0 ? [t("sayBetween", { days: policy.betweenDays })] : []),
        t("sayRelationship", { days: policy.relationshipDays, other: policy.transactionalDays }),
        ...(policy.surveys.length > 0 ? [t("sayOwn", { count: policy.surveys.length })] : []),
        ...(policy.relationshipFirstDays > 0 ? [t("sayFirst", { days: policy.relationshipFirstDays })] : []),
        ...quietSentences(policy, t, list),
        ...(policy.isSilentDuringComplaint ? [t("sayComplaint")] : []),
        policy.doRemindersCount ? t("sayReminders") : t("sayNoReminders"),
      ]
    : [t("sayOff")];
  const consented = policy.consentNeeded.filter(({ purpose }) => purpose === "survey").map(({ channel }) => t(channel).toLowerCase());
  return [
    ...budget,
    ...(policy.holdOutPercent > 0 ? [t("sayHoldOut", { percent: policy.holdOutPercent })] : []),
    ...(consented.length > 0 ? [t("sayConsent", { channels: list(consented) })] : []),
    ...(policy.isAlwaysOnExempt ? [t("sayAlwaysOn")] : []),
    t("sayStop"),
  ];
};

const quietSentences = ({ quietHours }: ContactPolicy, t: Say, list: (words: readonly string[]) => string): string[] => {
  if (quietHours === null || quietHours.channels.length === 0) return [];
  const channels = list(quietHours.channels.map((channel) => t(channel).toLowerCase()));
  return [
    ...(quietHours.from === quietHours.to ? [] : [t("sayQuiet", { channels, from: quietHours.from, to: quietHours.to })]),
    ...(quietHours.days.length === 0 ? [] : [t("sayQuietDays", { days: list(quietHours.days.map(weekdayName)) })]),
  ];
};

/** @param day 1 is Monday */
export const weekdayName = (day: number): string => new Intl.DateTimeFormat(locale(), { weekday: "long", timeZone: "UTC" }).format(Date.UTC(2024, 0, day));

type Refusal = Pick<LedgerEntry, "reason" | "rule" | "lastAt" | "lastChannel">;

/** Why somebody was not asked, after "because she": with the rule's number and the contact that stood in the way. */
export const refusalSentence = ({ reason, rule, lastAt, lastChannel }: Refusal, t: Say): string => {
  if (reason === null) return "";
  const last = lastAt === null ? t("before_unknown") : t("lastOn", { moment: formatMoment(new Date(lastAt)), channel: t(lastChannel ?? "other").toLowerCase() });
  const detail = rule?.slice(rule.indexOf(":") + 1) ?? "";
  const [contacts = "", days = contacts] = detail.split("/");
  return t(`because_${reason}`, { last, contacts, days, rule: detail });
};
