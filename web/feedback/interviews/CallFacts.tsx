import { Link } from "@tanstack/react-router";
import { OUTCOMES } from "@firsthand/server/feedback/interviews/outcomes.rules";
import { Card } from "../../ui/Card.tsx";
import { languageName, locale } from "../../ui/locale.ts";
import { Time } from "../../ui/Time.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Interview.module.css";
import type { Call, CallList } from "./interviews.data.ts";
import { interviewsTexts } from "./interviews.texts.ts";
import { useNow } from "./minute.ts";

/** Whom the interviewer calls, and what to say first. */
export const CallFacts = ({ list, call }: { list: CallList; call: Call }) => {
  const t = useTexts(interviewsTexts);
  const now = useNow();
  const there = new Intl.DateTimeFormat(locale(), { weekday: "short", hour: "2-digit", minute: "2-digit", timeZone: call.timeZone }).format(now);
  return (
    <div className={classes.side}>
      <Card title={t("person")}>
        <p className={classes.name}>{call.name}</p>
        <a className={classes.phone} href={`tel:${call.phone.replace(/[^\d+]/g, "")}`}>{call.phone}</a>
        {call.isCallback && <p className={classes.callback}>{t("asksBack")}</p>}
        <dl className={classes.facts}>
          <div><dt>{t("thereNow")}</dt><dd>{there} <span className="quiet">({call.timeZone})</span></dd></div>
          <div><dt>{t("language")}</dt><dd>{call.language === null ? t("languageUnknown") : languageName(call.language)}</dd></div>
        </dl>
        <p><Link to="/customers/$customerId" params={{ customerId: call.customerId }} target="_blank">{t("customerPage")}</Link></p>
      </Card>
      <Card title={t("scriptTitle")}>
        {list.script === "" ? <p className="quiet">{t("scriptNone")}</p> : <p className={classes.script}>{list.script.replaceAll("{{name}}", call.name)}</p>}
      </Card>
      <Card title={t("attempts")}>
        {call.attempts.length === 0 ? <p className="quiet">{t("attemptsNone")}</p> : (
          <ol className={classes.attempts}>
            {call.attempts.map(({ number, outcome, note, at }) => (
              <li key={number}>
                <span><strong>{OUTCOMES.find(({ code }) => code === outcome)?.name ?? outcome}</strong> <Time at={at} /></span>
                {note !== "" && <p>{note}</p>}
              </li>
            ))}
          </ol>
        )}
        <p className="quiet">{t("attemptsOf", { number: call.attempts.length + 1, max: list.attemptsMax })}</p>
      </Card>
    </div>
  );
};
