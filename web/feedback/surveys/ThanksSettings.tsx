import { TextInput } from "@mantine/core";
import { IconFlag } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import { builderTexts } from "./builder.texts.ts";
import { useDraft } from "./draft-context.ts";
import { orNothing } from "./draft.rules.ts";
import { SettingsHead } from "./SettingsHead.tsx";
import { WordsField } from "./WordsField.tsx";

/** What everybody reads at the end whom no other ending is for. */
export const ThanksSettings = () => {
  const t = useTexts(builderTexts);
  const { definition: { thanks }, patch } = useDraft();
  return (
    <>
      <SettingsHead title={t("thanks")} icon={IconFlag} help={t("thanksHelp")} />
      <WordsField label={t("thanksTitle")} text={thanks.title} onChange={(title) => patch({ thanks: { ...thanks, title } })} canInsert isFirst />
      <WordsField label={t("thanksText")} text={thanks.text} onChange={(text) => patch({ thanks: { ...thanks, text: orNothing(text) } })} canInsert />
      <AddressField address={thanks.redirectUrl} onChange={(redirectUrl) => patch({ thanks: { ...thanks, redirectUrl } })} />
    </>
  );
};

/** Where people may go on to. Kept only once it is a whole https address: half of one would be refused with all other changes. */
export const AddressField = ({ address, onChange }: { address: string | undefined; onChange: (address: string | undefined) => void }) => {
  const t = useTexts(builderTexts);
  const take = (typed: string): void => {
    if (typed.trim() === "") onChange(undefined);
    else if (isWholeAddress(typed.trim())) onChange(typed.trim());
  };
  return (
    <TextInput key={address ?? ""} label={t("redirectUrl")} description={t("redirectHelp")} type="url" placeholder="https://" maxLength={500} defaultValue={address ?? ""}
      onBlur={(event) => {
        take(event.currentTarget.value);
        event.currentTarget.setCustomValidity(event.currentTarget.value.trim() === "" || isWholeAddress(event.currentTarget.value.trim()) ? "" : t("redirectWrong"));
        event.currentTarget.reportValidity();
      }} />
  );
};

const isWholeAddress = (typed: string): boolean => /^https:\/\/[^\s/]+\.[^\s]+$/.test(typed) && URL.canParse(typed);
