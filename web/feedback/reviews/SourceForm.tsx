import { Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Form, PasswordField } from "../../ui/Form.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { ConnectionTest } from "./ConnectionTest.tsx";
import { changeSource, createSource, type CreatedReviewSource, type ReviewSource, type SourceForm as FormOfKind, type SourceKind, useSourceForms } from "./reviews.data.ts";
import { WebhookFacts } from "./WebhookFacts.tsx";
import { choiceLabel, fieldLabel, KINDS } from "./source-labels.ts";
import { sourcesTexts } from "./sources.texts.ts";

type Values = Readonly<Record<string, string>>;

/** Adds a source, or changes one. Which fields there are, the server says. */
export const SourceForm = ({ source, onDone }: { source: ReviewSource | null; onDone: () => void }) => {
  const forms = useSourceForms();
  const [created, setCreated] = useState<CreatedReviewSource | null>(null);
  if (created !== null && created.webhookUrl !== null) return <WebhookFacts created={created} onDone={onDone} />;
  if (forms.isPending) return <Loading kind="rows" rows={4} />;
  if (forms.error !== null) return <ErrorState error={forms.error} onRetry={() => void forms.refetch()} />;
  return <Fields forms={forms.data.items} source={source} onDone={onDone} onCreated={setCreated} />;
};

const Fields = ({ forms, source, onDone, onCreated }: { forms: readonly FormOfKind[]; source: ReviewSource | null; onDone: () => void; onCreated: (created: CreatedReviewSource) => void }) => {
  const t = useTexts(sourcesTexts);
  const [kind, setKind] = useState<SourceKind>(source?.kind ?? "google_business");
  const [name, setName] = useState(source?.name ?? "");
  const [values, setValues] = useState<Values>(source?.settings ?? {});
  const [problems, setProblems] = useState<Values>({});
  const fields = forms.find((form) => form.kind === kind)?.fields ?? [];
  const withChoices: Values = Object.fromEntries(fields.map((field) => [field.name, values[field.name] ?? field.choices[0] ?? ""]));
  const split = (isSecret: boolean): Record<string, string> =>
    Object.fromEntries(fields.flatMap((field) => (field.isSecret === isSecret && withChoices[field.name] !== "" ? [[field.name, withChoices[field.name] ?? ""]] : [])));
  const check = (): boolean => {
    const found = Object.fromEntries([
      ...(name.trim() === "" ? [["name", t("nameMissing")]] : []),
      ...fields.flatMap((field) => {
        const value = (withChoices[field.name] ?? "").trim();
        if (value === "") return field.isRequired && source?.secretsKept.includes(field.name) !== true ? [[field.name, t("missing")]] : [];
        return field.kind === "url" && !/^https?:\/\//i.test(value) ? [[field.name, t("notUrl")]] : [];
      }),
    ]);
    setProblems(found);
    return Object.keys(found).length === 0;
  };
  const submit = async (): Promise<void> => {
    if (source !== null) {
      await changeSource(source.id, { name, settings: split(false), secrets: split(true) });
      notifyDone(t("saved"));
      return onDone();
    }
    const made = await createSource({ kind, name, settings: split(false), secrets: split(true) });
    notifyDone(t("created", { name: made.name }));
    if (made.webhookUrl === null) onDone();
    else onCreated(made);
  };
  const set = (field: string, value: string): void => {
    setValues((before) => ({ ...before, [field]: value }));
    setProblems(({ [field]: _, ...rest }) => rest);
  };
  return (
    <Form submitLabel={source === null ? t("create") : t("save")} check={check} onSubmit={submit}>
      <Select
        label={t("kind")} description={t(`${kind}Means`)} data={KINDS.map((value) => ({ value, label: t(value) }))} value={kind} disabled={source !== null} allowDeselect={false}
        onChange={(value) => {
          const next = KINDS.find((one) => one === value);
          if (next !== undefined) setKind(next);
        }}
      />
      <TextInput label={t("name")} description={t("nameHint")} value={name} error={problems.name} onChange={(event) => setName(event.currentTarget.value)} />
      {fields.map((field) => (
        <Field key={`${kind} ${field.name}`} field={field} value={withChoices[field.name] ?? ""} problem={problems[field.name]} isKept={source?.secretsKept.includes(field.name) === true} onChange={(value) => set(field.name, value)} />
      ))}
      {forms.find((form) => form.kind === kind)?.way === "polled" && <ConnectionTest check={check} given={() => ({ kind, settings: split(false), secrets: split(true), ...(source === null ? {} : { sourceId: source.id }) })} />}
    </Form>
  );
};

type FieldProps = { field: FormOfKind["fields"][number]; value: string; problem: string | undefined; isKept: boolean; onChange: (value: string) => void };

const Field = ({ field, value, problem, isKept, onChange }: FieldProps) => {
  const t = useTexts(sourcesTexts);
  const label = fieldLabel(field.name);
  if (field.kind === "choice") {
    return <Select label={label} data={field.choices.map((choice) => ({ value: choice, label: choiceLabel(choice) }))} value={value} allowDeselect={false} onChange={(chosen) => onChange(chosen ?? "")} />;
  }
  if (field.isSecret) {
    return (
      <PasswordField
        label={label} description={isKept ? t("secretKept") : t("secretHint")} value={value} error={problem} required={field.isRequired && !isKept} autoComplete="off"
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  const hint = field.name === "senders" ? t("sendersHint") : field.name === "patterns" ? t("patternsHint") : field.name.toLowerCase().includes("server") && !field.isRequired ? t("serverHint") : undefined;
  if (field.name === "patterns") return <Textarea label={label} description={hint} autosize minRows={3} value={value} error={problem} onChange={(event) => onChange(event.currentTarget.value)} />;
  return <TextInput label={label} description={hint} value={value} error={problem} required={field.isRequired} onChange={(event) => onChange(event.currentTarget.value)} />;
};
