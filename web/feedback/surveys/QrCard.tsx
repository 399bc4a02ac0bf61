import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useDebouncedValue } from "@mantine/hooks";
import { download } from "../../shell/downloads.ts";
import { Card } from "../../ui/Card.tsx";
import { useTexts } from "../../ui/texts.ts";
import type { Whence } from "./links.rules.ts";
import classes from "./Share.module.css";
import { qrAddress, type Survey } from "./surveys.data.ts";
import { surveysTexts } from "./surveys.texts.ts";

/** The link as a code to scan, drawn by the server, with the same places as the link beside it. */
export const QrCard = ({ survey, whence }: { survey: Survey; whence: Whence }) => {
  const t = useTexts(surveysTexts);
  const [settled] = useDebouncedValue(whence, 300);
  const address = qrAddress(survey.id, { touchpoint: settled.touchpoint.trim(), source: settled.source.trim(), campaign: settled.campaign.trim(), member: settled.member.trim(), product: settled.product.trim() });
  return (
    <Card title={t("qr")} subtitle={t("qrBody")} span={4}>
      <img className={classes.qr} src={address} alt={t("qrOf", { name: survey.name })} />
      <div className={classes.centre}>
        <Button component="a" href={address} download onClick={download} variant="default" leftSection={<IconDownload size={14} aria-hidden />}>{t("saveQr")}</Button>
      </div>
    </Card>
  );
};
