import { textIn } from "@firsthand/server/feedback/surveys/local-text.rules";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import type { SurveyDefinition } from "./surveys.data.ts";
import type { VersionChange } from "./version-changes.rules.ts";

/** What differs between two versions, one line each. */
export const ChangeList = ({ changes, definition }: { changes: readonly VersionChange[]; definition: SurveyDefinition }) => {
  const t = useTexts(builderTexts);
  const [language = "en"] = definition.languages;
  const say = (change: VersionChange): string => {
    if (change.kind === "survey") return t(`changed_${change.part}`);
    const title = textIn(change.question.title, language, definition.languages) || t("untitled");
    switch (change.kind) {
      case "added":
        return t("change_added", { title });
      case "removed":
        return t("change_removed", { title });
      case "moved":
        return t("change_moved", { title, from: change.from, to: change.to });
      case "changed":
        return t("change_changed", { title, parts: change.parts.map((part) => t(`part_${part}`)).join(", ") });
    }
  };
  if (changes.length === 0) return <p className="quiet">{t("nothingChanged")}</p>;
  return <ul className={classes.changes}>{changes.map((change, index) => <li key={index} data-kind={change.kind}>{say(change)}</li>)}</ul>;
};
