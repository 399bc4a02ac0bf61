import { Button, Select, TextInput } from "@mantine/core";
import { Card } from "../../ui/Card.tsx";
import { CopyField } from "../../ui/CopyField.tsx";
import { useTexts } from "../../ui/texts.ts";
import { CHANNELS } from "./condition-choices.rules.ts";
import { linkFrom, type Whence } from "./links.rules.ts";
import classes from "./Share.module.css";
import type { Survey } from "./surveys.data.ts";
import { surveysTexts } from "./surveys.texts.ts";

/** The link for everybody, and what it says about where it was handed out. */
export const LinkCard = ({ survey, whence, onWhence }: { survey: Survey; whence: Whence; onWhence: (whence: Whence) => void }) => {
  const t = useTexts(surveysTexts);
  const url = linkFrom(survey.url, whence);
  const put = (part: Partial<Whence>): void => onWhence({ ...whence, ...part });
  return (
    <Card title={t("link")} subtitle={t("linkBody")} span={8}>
      <CopyField value={url} label={t("link")} />
      <div><Button component="a" href={url} target="_blank" rel="noreferrer" variant="subtle" size="compact-sm" mt="xs">{t("openPage")}</Button></div>
      <h3 className={classes.heading}>{t("whereFrom")}</h3>
      <p className="quiet">{t("whereFromBody")}</p>
      <div className={classes.fields}>
        <Select label={t("channel")} value={whence.channel || "web"} allowDeselect={false} data={CHANNELS.map((channel) => ({ value: channel, label: t(`channel_${nameOf(channel)}`) }))}
          onChange={(channel) => put({ channel: channel ?? "" })} />
        <TextInput label={t("touchpoint")} placeholder={t("touchpointExample")} maxLength={80} value={whence.touchpoint} onChange={(event) => put({ touchpoint: event.currentTarget.value })} />
        <TextInput label={t("source")} placeholder={t("sourceExample")} maxLength={80} value={whence.source} onChange={(event) => put({ source: event.currentTarget.value })} />
        <TextInput label={t("campaign")} placeholder={t("campaignExample")} maxLength={80} value={whence.campaign} onChange={(event) => put({ campaign: event.currentTarget.value })} />
        <TextInput label={t("servedBy")} placeholder={t("servedByExample")} maxLength={80} value={whence.member} onChange={(event) => put({ member: event.currentTarget.value })} />
        <TextInput label={t("product")} placeholder={t("productExample")} maxLength={80} value={whence.product} onChange={(event) => put({ product: event.currentTarget.value })} />
      </div>
    </Card>
  );
};

// Programs and imports answer by no link.
const nameOf = (channel: (typeof CHANNELS)[number]) => (channel === "api" || channel === "import" ? "web" : channel);
