import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSession } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { Stat } from "../../ui/Stat.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type Distribution, type DistributionPreview as Preview, sendTest, usePreview } from "./distributions.data.ts";
import classes from "./Distributions.module.css";
import { distributionsTexts } from "./distributions.texts.ts";
import { reasonWords } from "./reasons.ts";

/** What starting it now would do, and what people would read. */
export const DistributionPreview = ({ distribution, languages }: { distribution: Distribution; languages: readonly string[] }) => {
  const t = useTexts(distributionsTexts);
  const [language, setLanguage] = useState("");
  const preview = usePreview(distribution, language);
  const choice = languages.length > 1
    ? <SegmentedControl className={classes.languages ?? ""} size="xs" aria-label={t("language")} data={[...languages]} value={language || (languages[0] ?? "en")} onChange={setLanguage} />
    : undefined;
  return (
    <div className={classes.fields}>
      <Card title={t("preview")} subtitle={t("previewHelp")}>
        {preview.isPending && <Loading kind="rows" rows={3} />}
        {preview.error !== null && <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
        {preview.data !== undefined && <Figures preview={preview.data} />}
      </Card>
      {preview.data?.mail != null && (
        <Card title={t("asMail")} subtitle={preview.data.mail.subject} aside={choice}>
          {/* The frame may run nothing and leads nowhere: it only shows. */}
          <iframe className={classes.frame} sandbox="" srcDoc={withoutStyle(preview.data.mail.html)} title={t("asMail")} />
          <TestSend distribution={distribution} language={language} />
        </Card>
      )}
      {preview.data?.message != null && (
        <Card title={t("asText")} aside={preview.data.mail === null ? choice : undefined}
          subtitle={`${t("segments", { count: preview.data.message.segments })} · ${t("characters", { characters: preview.data.message.characters, alphabet: t(preview.data.message.alphabet) })}`}>
          <p className={classes.message}>{preview.data.message.body}</p>
          {preview.data.mail === null && <TestSend distribution={distribution} language={language} />}
        </Card>
      )}
    </div>
  );
};

// The policy of this page holds in the frame, too. What stands there is for dark screens; everything else is written at the elements.
const withoutStyle = (html: string): string => html.replace(/<style>[^<]*<\/style>/, "");

const Figures = ({ preview }: { preview: Preview }) => {
  const t = useTexts(distributionsTexts);
  return (
    <>
      <div className={classes.stats}>
        <Stat label={t("people")} value={formatNumber(preview.people)} />
        <Stat label={t("wouldBeAsked")} value={formatNumber(preview.wouldBeAsked)} {...(preview.looked < preview.people ? { note: t("sampled", { looked: preview.looked }) } : {})} />
      </div>
      <ul className={classes.reasons}>
        {preview.notAsked.map(({ reason, count }) => <li key={reason}><span>{reasonWords(t, reason)}</span><strong>{formatNumber(count)}</strong></li>)}
      </ul>
    </>
  );
};

const TestSend = ({ distribution, language }: { distribution: Distribution; language: string }) => {
  const t = useTexts(distributionsTexts);
  const { member } = useSession();
  const [address, setAddress] = useState(distribution.settings.channel === "text" ? "" : member.email);
  const [isBusy, setBusy] = useState(false);
  const send = (): void => {
    setBusy(true);
    sendTest(distribution.id, { address, ...(language === "" ? {} : { language }) })
      .then(() => notifyDone(t("testDone", { address })), notifyFailed)
      .finally(() => setBusy(false));
  };
  return (
    <div className={classes.test}>
      <TextInput label={t("test")} placeholder={t("testAddress")} value={address} onChange={(event) => setAddress(event.currentTarget.value)} />
      <Button variant="default" size="sm" loading={isBusy} disabled={address.trim() === ""} onClick={send}>{t("testSend")}</Button>
    </div>
  );
};
