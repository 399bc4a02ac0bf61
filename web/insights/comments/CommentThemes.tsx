import { Button, Select } from "@mantine/core";
import type { Query } from "../../shell/api.ts";
import { useTexts } from "../../ui/texts.ts";
import { useThemes } from "../themes/themes.data.ts";
import type { Comment } from "./comments.data.ts";
import { commentsTexts } from "./comments.texts.ts";

type CommentThemesProps = { comment: Comment; period: Query; isBusy: boolean; onSet: (theme: { id: string; isSet: boolean }) => void };

/** The themes of a comment: one can be taken from it, and another given to it. */
export const CommentThemes = ({ comment: { themes }, period, isBusy, onSet }: CommentThemesProps) => {
  const t = useTexts(commentsTexts);
  const known = useThemes(period).data?.items ?? [];
  const others = known.filter(({ id }) => themes.every((own) => own.id !== id)).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <section aria-label={t("themes")}>
      <span className="choice-label">{t("themes")}</span>
      {themes.length > 0 && (
        <ul className="marked-words">
          {themes.map(({ id, name, isSet }) => (
            <li key={id}>
              <span className="marked-word" dir="auto">{name}{isSet && <small className="quiet"> {"\u00b7"} {t("correctedBadge")}</small>}</span>
              <Button variant="subtle" size="compact-xs" disabled={isBusy} onClick={() => onSet({ id, isSet: false })} aria-label={t("themeNotOf", { theme: name })}>{t("themeNot")}</Button>
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <Select size="xs" aria-label={t("themeAdd")} placeholder={t("themeAdd")} searchable value={null} data={others} disabled={isBusy} onChange={(id) => { if (id !== null) onSet({ id, isSet: true }); }} comboboxProps={{ withinPortal: false }} />
      )}
      {others.length === 0 && themes.length === 0 && <p className="quiet">{t("themesNone")}</p>}
    </section>
  );
};
