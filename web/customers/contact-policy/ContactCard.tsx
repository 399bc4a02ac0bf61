import { SegmentedControl, Switch } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { formatMoment } from "../../ui/dates.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import { type ContactChannel, type ContactStandingShown, useConsent, useLastContacts, useStanding, useStop } from "./contact-policy.data.ts";
import classes from "./ContactPolicy.module.css";
import { ContactSilence } from "./ContactSilence.tsx";
import { contactPolicyTexts } from "./contact-policy.texts.ts";
import { refusalSentence } from "./sentences.ts";

/** Whether a customer may be contacted now, what she said about it, and the last contacts. */
export const ContactCard = ({ customerId }: { customerId: string }) => {
  const t = useTexts(contactPolicyTexts);
  const standing = useStanding(customerId);
  return (
    <Card title={t("contact")} subtitle={t("contactHint")}>
      {standing.isPending && <Loading kind="rows" rows={3} />}
      {standing.error !== null && <ErrorState error={standing.error} onRetry={() => void standing.refetch()} />}
      {standing.data !== undefined && (
        <>
          <Verdict standing={standing.data} />
          <Stops customerId={customerId} standing={standing.data} />
          <Consent customerId={customerId} standing={standing.data} />
          <ContactSilence customerId={customerId} standing={standing.data} />
        </>
      )}
      <LastContacts customerId={customerId} />
    </Card>
  );
};

const Verdict = ({ standing }: { standing: ContactStandingShown }) => {
  const t = useTexts(contactPolicyTexts);
  return (
    <div className={classes.verdict}>
      <p>
        <span className={classes.tag} data-decision={standing.decision}>{t(standing.decision === "asked" ? "mayBeAsked" : "mayNotBeAsked")}</span>
      </p>
      {standing.reason !== null && <p>{t(standing.reason)}: {refusalSentence(standing, t)}.</p>}
      <p className="quiet">
        {standing.until !== null && t("untilMoment", { moment: formatMoment(new Date(standing.until)) })} {t("localZone", { zone: standing.timeZone })}
        {standing.isHeldOut && standing.reason !== "held_out" && ` ${t("heldOut")}`}
      </p>
    </div>
  );
};

const switched: readonly (ContactChannel | "all")[] = ["all", "email", "text", "phone"];

const Stops = ({ customerId, standing }: { customerId: string; standing: ContactStandingShown }) => {
  const t = useTexts(contactPolicyTexts);
  const canWrite = useAbility("customers.write");
  const stop = useStop(customerId);
  const open = standing.stops.filter((one) => one.liftedAt === null);
  return (
    <div className={classes.switches}>
      {switched.map((channel) => {
        const said = open.find((one) => one.channel === channel);
        return (
          <Switch
            key={channel}
            size="xs"
            label={channel === "all" ? t("stopAll") : `${t("stopOn")} ${t(channel).toLowerCase()}`}
            description={said === undefined ? undefined : t("consentNote", { source: said.source, moment: formatMoment(new Date(said.at)) })}
            checked={said !== undefined}
            disabled={!canWrite || stop.isPending}
            onChange={(event) => stop.mutate({ channel, isStopped: event.currentTarget.checked }, { onError: notifyFailed })}
          />
        );
      })}
    </div>
  );
};

const Consent = ({ customerId, standing }: { customerId: string; standing: ContactStandingShown }) => {
  const t = useTexts(contactPolicyTexts);
  const canWrite = useAbility("customers.write");
  const consent = useConsent(customerId);
  const said = standing.consents.find((one) => one.purpose === "survey");
  const choices = [{ value: "given", label: t("consentGiven") }, { value: "taken", label: t("consentWithdrawn") }, ...(said === undefined ? [{ value: "none", label: t("consentNone") }] : [])];
  return (
    <>
      <p className="field-label">{t("consent")}</p>
      <SegmentedControl
        size="xs"
        aria-label={t("consent")}
        data={choices}
        value={said === undefined ? "none" : said.isGiven ? "given" : "taken"}
        disabled={!canWrite || consent.isPending}
        onChange={(value) => value !== "none" && consent.mutate({ purpose: "survey", channel: "all", isGiven: value === "given" }, { onError: notifyFailed })}
      />
      {standing.consents.length > 0 && (
        <details>
          <summary className="quiet">{t("history")}</summary>
          <ul className="line-list">
            {standing.consents.slice(0, 20).map((one, index) => (
              <li key={index}>
                <span>{t(one.isGiven ? "historyGiven" : "historyTaken", { purpose: t(one.purpose), channel: t(one.channel).toLowerCase() })}</span>
                <span className="quiet">{t("consentNote", { source: one.source, moment: formatMoment(new Date(one.at)) })}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
};

const LastContacts = ({ customerId }: { customerId: string }) => {
  const t = useTexts(contactPolicyTexts);
  const canRead = useAbility("contact-policy.read");
  const contacts = useLastContacts(customerId);
  const items = contacts.data?.items ?? [];
  if (!canRead) return null;
  return (
    <>
      <h3 className={classes.small}>{t("lastContacts")}</h3>
      {contacts.isSuccess && items.length === 0 && <p className="quiet">{t("noContacts")}</p>}
      <ul className="line-list">
        {items.map((entry) => (
          <li key={entry.id}>
            <span>
              {entry.reference.label ?? t("notSurvey", { type: entry.reference.type, id: entry.reference.id.slice(0, 8) })}
              <span className="quiet"> · {t(entry.channel)} · <Time at={entry.at} /></span>
            </span>
            <span className={classes.tag} data-decision={entry.decision} title={refusalSentence(entry, t)}>{t(entry.reason ?? entry.decision)}</span>
          </li>
        ))}
      </ul>
      {items.length > 0 && <Link to="/contact-ledger" search={{ customerId }}>{t("allContacts")}</Link>}
    </>
  );
};
