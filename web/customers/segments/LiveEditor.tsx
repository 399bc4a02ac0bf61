import { Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Form } from "../../ui/Form.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { emptyRule, isComplete } from "./conditions.rules.ts";
import { RuleEditor } from "./RuleEditor.tsx";
import { type Segment, type SegmentRule, useRulePreview, useSegmentVerbs } from "./segments.data.ts";
import classes from "./Segments.module.css";
import { segmentsTexts } from "./segments.texts.ts";
import { isStoryMissing, startStory, storyOf } from "./story-draft.ts";
import { StoryFields } from "./StoryFields.tsx";

const PREVIEW_AFTER_MS = 400;

/** Name and rule of a live segment, with who is in it while the rule is written. */
export const LiveEditor = ({ segment }: { segment: Segment | null }) => {
  const t = useTexts(segmentsTexts);
  const navigate = useNavigate();
  const canWrite = useAbility("segments.write");
  const verbs = useSegmentVerbs();
  const [name, setName] = useState(segment?.name ?? "");
  const [description, setDescription] = useState(segment?.description ?? "");
  const [draft, setDraft] = useState(startStory(segment?.story ?? null));
  const story = storyOf(draft);
  const [rule, setRule] = useState(segment?.rule ?? emptyRule);
  const [isChecked, setChecked] = useState(false);
  const [previewed] = useDebouncedValue(rule, PREVIEW_AFTER_MS);
  const save = async (): Promise<void> => {
    if (segment === null) {
      const created = await verbs.create({ kind: "live", name, description, rule, story });
      await navigate({ to: "/segments/$segmentId", params: { segmentId: created.id }, replace: true });
    } else await verbs.change(segment.id, { name, description, rule, story });
    notifyDone(t("saved"));
  };
  const check = (): boolean => {
    setChecked(true);
    return name.trim() !== "" && !isStoryMissing(draft) && isComplete(rule);
  };
  const fields = (
    <>
      <TextInput label={t("name")} value={name} maxLength={120} disabled={!canWrite} error={isChecked && name.trim() === "" ? t("nameMissing") : undefined} onChange={(event) => setName(event.currentTarget.value)} />
      <Textarea label={t("description")} value={description} maxLength={500} autosize minRows={1} disabled={!canWrite} onChange={(event) => setDescription(event.currentTarget.value)} />
      <StoryFields draft={draft} isChecked={isChecked} isReadOnly={!canWrite} onChange={setDraft} />
      <RuleEditor rule={rule} isReadOnly={!canWrite} onChange={setRule} />
      {!isComplete(rule) && <p className="quiet" role="status">{t("incomplete")}</p>}
    </>
  );
  return (
    <div className={classes.page}>
      <Card title={t("rule")} subtitle={t("ruleHint")}>
        {canWrite ? <Form submitLabel={t(segment === null ? "create" : "save")} onSubmit={save} check={check}>{fields}</Form> : <div className="form">{fields}</div>}
      </Card>
      <Card title={t("preview")}>{isComplete(previewed) ? <Preview rule={previewed} /> : <p className="quiet">{t("incomplete")}</p>}</Card>
    </div>
  );
};

const Preview = ({ rule }: { rule: SegmentRule }) => {
  const t = useTexts(segmentsTexts);
  const preview = useRulePreview(rule);
  if (preview.isPending) return <Loading kind="stat" />;
  if (preview.error !== null) return <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />;
  const { customers, isEstimate, examples } = preview.data;
  return (
    <div aria-busy={preview.isPlaceholderData} className={classes.preview}>
      <p className={classes.count} role="status">{t(isEstimate ? "previewAbout" : "previewCount", { count: customers })}</p>
      <ul className="line-list">
        {examples.map((one) => (
          <li key={one.customerId}>
            <Link to="/customers/$customerId" params={{ customerId: one.customerId }}>{one.name}</Link>
            <span className="quiet">{one.email ?? one.phone ?? ""}</span>
          </li>
        ))}
      </ul>
    </div>
  );
};
