import { Tooltip } from "@mantine/core";
import { IconArrowRampRight, IconEye, IconId, IconMessage2, IconNotes, IconPhone, IconPointFilled, IconUserPin, IconUsers, type Icon } from "@tabler/icons-react";
import { nameOfChannel } from "../../ui/channel-names.ts";
import { formatMoment } from "../../ui/dates.ts";
import { locale } from "../../ui/locale.ts";
import { useTexts } from "../../ui/texts.ts";
import { kindName, LastScore } from "./LastScore.tsx";
import type { TimelineItem } from "./profiles.data.ts";
import { profilesTexts } from "./profiles.texts.ts";
import { isUsual, saySource } from "./sources.ts";
import classes from "./TimelineCard.module.css";

type TimelineMomentProps = { item: TimelineItem; feelings: readonly TimelineItem[]; memberName: string | null };

const icons: Readonly<Record<string, Icon>> = {
  page: IconEye, screen: IconEye, identify: IconId, alias: IconId, group: IconUsers, note: IconNotes, call: IconPhone, visit: IconUserPin, response: IconMessage2, import: IconArrowRampRight,
};

/** One moment of the timeline: what happened, where, and how it felt. */
export const TimelineMoment = ({ item, feelings, memberName }: TimelineMomentProps) => {
  const t = useTexts(profilesTexts);
  const isFeeling = item.record === "perception";
  const Mark = icons[item.type] ?? IconPointFilled;
  const at = new Date(item.at);
  const title = nameOf(item, t);
  const said = isFeeling ? item.touchpoint : item.type === "track" || item.type === "page" || item.type === "screen" ? item.name : null;
  const place = [said === title ? null : said, item.channel === null ? null : nameOfChannel(item.channel), item.stage].filter((part) => part !== null && part !== "");
  return (
    <li className={classes.moment}>
      <time className={classes.time} dateTime={item.at} title={formatMoment(at)}>
        {new Intl.DateTimeFormat(locale(), { timeStyle: "short" }).format(at)}
      </time>
      <span className={`${classes.mark} ${isFeeling && item.value !== null ? classes.feeling : ""}`} aria-hidden>
        {isFeeling ? <IconMessage2 size={15} /> : <Mark size={15} />}
      </span>
      <div className={classes.body}>
        {isFeeling ? <Feeling item={item} /> : <span className={classes.title} dir="auto">{title}</span>}{" "}
        <span className={classes.meta}>
          {[...place, memberName === null ? null : t("by", { name: memberName }), isUsual(item.source) ? null : saySource(item.source)].filter((part) => part !== null).join(" · ")}
        </span>
        {!isFeeling && item.text !== null && <p className={classes.words} dir="auto">{item.text}</p>}
        {feelings.length > 0 && (
          <ul className={classes.feelings}>
            {feelings.toSorted(byWeight).map((feeling) => (
              <li key={feeling.id} data-wide={feeling.text !== null}><Feeling item={feeling} /></li>
            ))}
          </ul>
        )}
        {item.properties !== null && item.memberId === null && <Details properties={item.properties} source={saySource(item.source)} />}
      </div>
    </li>
  );
};

const Feeling = ({ item }: { item: TimelineItem }) => {
  const t = useTexts(profilesTexts);
  const question = saidIn(item, "question");
  return (
    <>
      {item.value !== null && <LastScore score={{ kind: item.type, value: item.value, normalised: item.normalised, scaleMax: item.scaleMax }} />}
      {item.value === null && item.text === null && item.choice === null && <span>{kindName(item.type)}</span>}
      {(item.choice !== null || item.text !== null) && question !== null && <><small className={item.text === null ? "quiet" : classes.question} dir="auto">{question}</small>{" "}</>}
      {item.choice !== null && <span className={classes.choice} dir="auto">{saidIn(item, "choiceLabel") ?? item.choice}</span>}
      {item.text !== null && <span className={classes.words} dir="auto">{item.text}</span>}
      {item.isInferred && (
        <>
          {" "}
          <Tooltip label={t("inferredHint")}>
            <span className={classes.inferred} tabIndex={0}>{t("inferred")}</span>
          </Tooltip>
        </>
      )}
    </>
  );
};

/** What is kept beside a feeling: the question as it was asked, and the option in words. */
const saidIn = ({ properties }: TimelineItem, name: "question" | "choiceLabel"): string | null => {
  const said = properties?.[name];
  return typeof said === "string" && said.trim() !== "" ? said : null;
};

const Details = ({ properties, source }: { properties: Readonly<Record<string, unknown>>; source: string }) => {
  const t = useTexts(profilesTexts);
  const entries = Object.entries(properties);
  if (entries.length === 0) return null;
  return (
    <details className={classes.details}>
      <summary>{t("properties")}</summary>
      <dl>
        {entries.slice(0, 50).flatMap(([name, value]) => [
          <dt key={`${name} name`}>{name}</dt>,
          <dd key={`${name} value`} dir="auto">{typeof value === "string" ? value : JSON.stringify(value)}</dd>,
        ])}
        <dt>{t("came")}</dt>
        <dd>{source}</dd>
      </dl>
    </details>
  );
};

// The score first, then what was chosen, then the words.
const weight = (item: TimelineItem): number => (item.value !== null ? 0 : item.text === null ? 1 : 2);
const byWeight = (one: TimelineItem, other: TimelineItem): number => weight(one) - weight(other);

const nameOf = (item: TimelineItem, t: (key: "identify" | "group" | "alias") => string): string => {
  if (item.type === "identify" || item.type === "group" || item.type === "alias") return t(item.type);
  return item.touchpoint ?? item.name ?? kindName(item.type);
};
