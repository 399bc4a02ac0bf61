import { inkOn } from "@firsthand/server/feedback/surveys/theme.rules";
import { Card } from "../../ui/Card.tsx";
import { CopyField } from "../../ui/CopyField.tsx";
import { useTexts } from "../../ui/texts.ts";
import { buttonHtml, linkFrom, type Whence } from "./links.rules.ts";
import classes from "./Share.module.css";
import type { Survey } from "./surveys.data.ts";
import { surveysTexts } from "./surveys.texts.ts";

/** A button for any website. */
export const EmbedCard = ({ survey, whence }: { survey: Survey; whence: Whence }) => {
  const t = useTexts(surveysTexts);
  const { accent } = survey.draft.theme;
  const html = buttonHtml(linkFrom(survey.url, whence), t("embedWords"), { ground: accent, ink: inkOn(accent) });
  return (
    <Card title={t("embed")} subtitle={t("embedBody")} span={12}>
      <div className={classes.embed}>
        <CopyField isBlock value={html} label={t("embedCode")} />
        <span className={classes.sample} style={{ background: accent, color: inkOn(accent) }} aria-hidden>{t("embedWords")}</span>
      </div>
    </Card>
  );
};
