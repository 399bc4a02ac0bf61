import { Autocomplete, Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Responses.module.css";
import { type SurveyResponse, tagResponses, useTags } from "./responses.data.ts";
import { responsesTexts } from "./responses.texts.ts";

/** The tags of a response; members who may put new ones on and take them off. */
export const TagEditor = ({ response }: { response: SurveyResponse }) => {
  const t = useTexts(responsesTexts);
  const mayWork = useAbility("responses.work");
  const known = useTags();
  const [tag, setTag] = useState("");
  const add = (event: FormEvent): void => {
    event.preventDefault();
    if (tag.trim() === "") return;
    tagResponses([response.id], { add: [tag.trim()] }).then(() => setTag(""), notifyFailed);
  };
  return (
    <div className={classes.sections}>
      {response.tags.length > 0 && (
        <span className={classes.tags}>
          {response.tags.map((one) => mayWork ? (
            <button key={one} type="button" className={classes.tagButton} aria-label={t("removeTag", { tag: one })} onClick={() => void tagResponses([response.id], { remove: [one] }).catch(notifyFailed)}>
              {one}
              <IconX size={11} aria-hidden />
            </button>
          ) : <span key={one}>{one}</span>)}
        </span>
      )}
      {mayWork && (
        <form className={classes.steps} onSubmit={add}>
          <Autocomplete
            size="xs" aria-label={t("tag")} placeholder={t("tag")} value={tag} maxLength={40} onChange={setTag} comboboxProps={{ withinPortal: false }}
            data={(known.data?.items ?? []).map((one) => one.tag).filter((one) => !response.tags.includes(one))}
          />
          <Button type="submit" size="xs" variant="default">{t("addTag")}</Button>
        </form>
      )}
    </div>
  );
};
