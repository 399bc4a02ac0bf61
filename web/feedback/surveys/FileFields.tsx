import type { FileKind, QuestionOf } from "@firsthand/server/feedback/surveys/definition.contract";
import { Checkbox, Group, Switch } from "@mantine/core";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { useDraft } from "./draft-context.ts";
import { NumberField } from "./NumberField.tsx";

const KINDS: readonly FileKind[] = ["image", "pdf", "document", "audio"];

/** Which files may be added, how many and how large. */
export const FileFields = ({ question }: { question: QuestionOf<"file"> }) => {
  const t = useTexts(builderTexts);
  const { put } = useDraft();
  const choose = (chosen: string[]): void => {
    const kinds = KINDS.filter((kind) => chosen.includes(kind));
    if (kinds.length > 0) put({ ...question, kinds });
  };
  return (
    <>
      <Checkbox.Group label={t("fileKinds")} value={question.kinds} onChange={choose}>
        <Group gap="md" mt={6}>{KINDS.map((kind) => <Checkbox key={kind} size="xs" value={kind} label={t(`file_${kind}`)} />)}</Group>
      </Checkbox.Group>
      <div className={classes.pair}>
        <NumberField label={t("filesMax")} value={question.filesMax} min={1} max={10} isWhole isRequired onChange={(filesMax) => put({ ...question, filesMax })} />
        <NumberField label={t("sizeMaxMb")} value={question.sizeMaxMb} min={1} max={25} isWhole isRequired onChange={(sizeMaxMb) => put({ ...question, sizeMaxMb })} />
      </div>
      <Switch label={t("isPhoto")} checked={question.isPhoto === true} onChange={(event) => put({ ...question, isPhoto: event.currentTarget.checked || undefined })} />
    </>
  );
};
