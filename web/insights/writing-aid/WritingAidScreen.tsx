import { Card, Grid } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useWritingAid, type WritingAid } from "./writing-aid.data.ts";
import { writingAidTexts } from "./writing-aid.texts.ts";
import { WritingAidForm } from "./WritingAidForm.tsx";
import "./writing-aid.css";

/** Which language model of one's own may be asked for what, and what leaves the installation for it. */
export const WritingAidScreen = () => {
  const t = useTexts(writingAidTexts);
  const aid = useWritingAid();
  return (
    <>
      <PageHeader title={t("title")} />
      {aid.data !== undefined ? (
        <Grid>
          <Card span={6} title={t("endpoint")}>
            <WritingAidForm key={JSON.stringify(aid.data)} aid={aid.data} />
          </Card>
          <Card span={6} title={t("leaves")}>
            <WhatLeaves aid={aid.data} />
          </Card>
        </Grid>
      ) : aid.isError ? (
        <ErrorState error={aid.error} onRetry={() => void aid.refetch()} />
      ) : (
        <Loading kind="rows" rows={6} />
      )}
    </>
  );
};

const WhatLeaves = ({ aid: { address, writesSummaries, writesDrafts } }: { aid: WritingAid }) => {
  const t = useTexts(writingAidTexts);
  const isOn = writesSummaries || writesDrafts;
  return (
    <div className="aid-words">
      <p role="status">
        <strong>{isOn && address !== null ? t("onState", { host: new URL(address).host }) : t("offState")}</strong>
      </p>
      {!isOn && <p>{t("offPromise")}</p>}
      <ul>
        {(writesSummaries || !isOn) && <li>{t("leavesSummaries")}</li>}
        {(writesDrafts || !isOn) && <li>{t("leavesDrafts")}</li>}
        <li>{t("leavesTry")}</li>
      </ul>
      <p>{t("redacted")}</p>
      <p>{t("answers")}</p>
      <p className="quiet">{t("neverNeeded")}</p>
    </div>
  );
};
