import { languageName } from "@firsthand/server/feedback/survey-page/page-texts.rules";
import { SegmentedControl, Select, VisuallyHidden } from "@mantine/core";
import { type Icon, IconDeviceDesktop, IconDeviceMobile, IconDeviceIpadHorizontal, IconHeadset, IconMail, IconVolume } from "@tabler/icons-react";
import { useState } from "react";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Preview.module.css";
import { builderTexts } from "./builder.texts.ts";
import { idIn, useDraft } from "./draft-context.ts";
import { InterviewPreview } from "./InterviewPreview.tsx";
import { MailPreview } from "./MailPreview.tsx";
import { PreviewFrame } from "./PreviewFrame.tsx";
import { SpokenPreview } from "./SpokenPreview.tsx";

const CHANNELS: readonly { value: "phone" | "desktop" | "mail" | "kiosk" | "spoken" | "interview"; icon: Icon }[] = [
  { value: "phone", icon: IconDeviceMobile }, { value: "desktop", icon: IconDeviceDesktop }, { value: "mail", icon: IconMail },
  { value: "kiosk", icon: IconDeviceIpadHorizontal }, { value: "spoken", icon: IconVolume }, { value: "interview", icon: IconHeadset },
];

/** The survey as people will meet it on each channel, in each language. */
export const PreviewPane = () => {
  const t = useTexts(builderTexts);
  const { definition, language, setLanguage, place } = useDraft();
  const [channel, setChannel] = useState("phone");
  const ending = definition.endings?.find(({ id }) => id === idIn(place, "ending")) ?? null;
  // An ending shows by itself when it is the thank-you of a survey that asks nothing.
  const shown = ending === null && place !== "thanks" ? definition : { ...definition, questions: [], endings: [], thanks: ending ?? definition.thanks };
  const questionId = idIn(place, "question");
  return (
    <section aria-label={t("preview")} className={classes.preview}>
      <div className={classes.bar}>
        <SegmentedControl size="xs" aria-label={t("previewAs")} value={channel} onChange={setChannel}
          data={CHANNELS.map(({ value, icon: Picture }) => ({ value, label: <span title={t(`preview_${value}`)}><Picture size={16} aria-hidden /><VisuallyHidden>{t(`preview_${value}`)}</VisuallyHidden></span> }))} />
        {definition.languages.length > 1 && (
          <Select size="xs" w={130} aria-label={t("language")} value={language} allowDeselect={false} data={definition.languages.map((tag) => ({ value: tag, label: languageName(tag) }))}
            onChange={(tag) => tag !== null && setLanguage(tag)} />
        )}
      </div>
      {channel === "phone" && <PreviewFrame shape="phone" definition={shown} language={language} questionId={questionId} />}
      {channel === "desktop" && <PreviewFrame shape="desktop" definition={shown} language={language} questionId={questionId} />}
      {channel === "kiosk" && <PreviewFrame shape="kiosk" definition={shown} language={language} questionId={questionId} />}
      {channel === "mail" && <MailPreview />}
      {channel === "spoken" && <SpokenPreview />}
      {channel === "interview" && <InterviewPreview />}
    </section>
  );
};
