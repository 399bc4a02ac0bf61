import { Checkbox, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { Card } from "../../ui/Card.tsx";
import { useTexts } from "../../ui/texts.ts";
import type { ChangeSettings, DistributionSettings } from "./distributions.data.ts";
import classes from "./Distributions.module.css";
import { distributionsTexts } from "./distributions.texts.ts";

type LocalText = DistributionSettings["email"]["subject"];
const PLACE = "{{trait.first_name|there}}";

/** What mails and text messages say, language by language. */
export const WordsFields = ({ settings, change, languages }: { settings: DistributionSettings; change: ChangeSettings; languages: readonly string[] }) => {
  const t = useTexts(distributionsTexts);
  const [language, setLanguage] = useState(languages[0] ?? "en");
  const { email, text } = settings;
  const put = (before: LocalText, value: string): LocalText => {
    const { [language]: _, ...others } = before;
    return value === "" ? others : { ...others, [language]: value };
  };
  const mail = (name: "subject" | "intro" | "reminderSubject" | "reminderIntro") => ({
    label: t(name), value: email[name][language] ?? "", onChange: (event: { currentTarget: { value: string } }) => change({ email: { ...email, [name]: put(email[name], event.currentTarget.value) } }),
  });
  const message = (name: "body" | "reminderBody") => ({
    label: t(name), value: text[name][language] ?? "", onChange: (event: { currentTarget: { value: string } }) => change({ text: { ...text, [name]: put(text[name], event.currentTarget.value) } }),
  });
  return (
    <Card title={t("words")} subtitle={t("wordsHelp", { place: PLACE })}
      aside={languages.length > 1 ? <SegmentedControl className={classes.languages ?? ""} size="xs" aria-label={t("language")} data={[...languages]} value={language} onChange={setLanguage} /> : undefined}>
      <div className={classes.fields}>
        {settings.channel !== "text" && (
          <>
            <div className={classes.pair}>
              <TextInput label={t("senderName")} maxLength={80} value={email.senderName} onChange={(event) => change({ email: { ...email, senderName: event.currentTarget.value } })} />
              <TextInput label={t("replyTo")} type="email" value={email.replyTo ?? ""} onChange={(event) => change({ email: { ...email, replyTo: event.currentTarget.value || null } })} />
            </div>
            <TextInput {...mail("subject")} maxLength={250} />
            <Textarea {...mail("intro")} autosize minRows={2} maxLength={2000} />
            <Checkbox label={t("asksInMail")} description={t("asksInMailHelp")} checked={email.asksInMail} onChange={(event) => change({ email: { ...email, asksInMail: event.currentTarget.checked } })} />
            {settings.reminders.count > 0 && (
              <>
                <TextInput {...mail("reminderSubject")} maxLength={250} />
                <Textarea {...mail("reminderIntro")} autosize minRows={2} maxLength={2000} />
              </>
            )}
          </>
        )}
        {settings.channel !== "email" && (
          <>
            <Textarea {...message("body")} description={t("bodyHelp", { place: "{{link}}" })} autosize minRows={2} maxLength={1000} />
            {settings.reminders.count > 0 && <Textarea {...message("reminderBody")} autosize minRows={2} maxLength={1000} />}
          </>
        )}
      </div>
    </Card>
  );
};
