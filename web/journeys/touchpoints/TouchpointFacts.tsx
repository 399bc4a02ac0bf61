import { usualStages } from "@firsthand/server/journeys/touchpoints/guess.rules";
import { usualNature } from "@firsthand/server/journeys/touchpoints/touchpoints.rules";
import { Autocomplete, NumberInput, Select, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useMemberChoices } from "../../people/people.parts.ts";
import { useTexts } from "../../ui/texts.ts";
import { kinds, natures } from "./draft.rules.ts";
import { useEntries } from "../places/places.data.ts";
import classes from "./TouchpointEditor.module.css";
import { type TouchpointDraft, useTouchpoints } from "./touchpoints.data.ts";
import { touchpointsTexts } from "./touchpoints.texts.ts";

const channels = ["web", "app", "store", "email", "phone", "chat", "courier"];
const initiators = ["customer", "organisation", "partner"] as const;

type Set = (patch: Partial<TouchpointDraft>) => void;
type TouchpointFactsProps = { draft: TouchpointDraft; nameError: string | null; formerNames: readonly string[]; set: Set };

/** What a touchpoint is, where, who answers for it, and what it asks of the customer. */
export const TouchpointFacts = ({ draft, nameError, formerNames, set }: TouchpointFactsProps) => {
  const t = useTexts(touchpointsTexts);
  const { choices: owners, failure } = useMemberChoices(draft.ownerId);
  const known = useTouchpoints().data?.items ?? [];
  const stages = useEntries("stage").data?.items ?? [];
  const ownChannels = useEntries("channel").data?.items ?? [];
  const environments = useEntries("environment").data?.items ?? [];
  const wordsOf = (list: readonly (string | null)[]): string[] => [...new Set(list.filter((word) => word !== null))].toSorted();
  // The register's own words come first, in its order.
  const joined = (entries: readonly { name: string }[], others: readonly string[]): string[] => [...new Set([...entries.map(({ name }) => name), ...others])];
  return (
    <>
      <TextInput label={t("name")} value={draft.name} error={nameError} maxLength={500} data-autofocus onChange={(event) => set({ name: event.currentTarget.value })}
        description={formerNames.length === 0 ? undefined : t("formerNames", { names: formerNames.join(", ") })} />
      <div className={classes.pair}>
        <Choice label={t("kind")} value={draft.kind} choices={kinds} onChoose={(kind) => set({ kind })} />
        <Choice label={t("nature")} value={draft.nature ?? usualNature(draft.kind)} choices={natures} onChoose={(nature) => set({ nature })} />
        <Word label={t("stage")} value={draft.stage} known={joined(stages, [...usualStages, ...wordsOf(known.map(({ stage }) => stage))])} onWrite={(stage) => set({ stage })} />
        <Word label={t("channel")} help={t("channelHelp")} value={draft.channel} known={joined(ownChannels, channels)} onWrite={(channel) => set({ channel })} />
        <Word label={t("environment")} placeholder={t("environmentPlaceholder")} value={draft.environment} known={joined(environments, wordsOf(known.map(({ environment }) => environment)))}
          onWrite={(environment) => set({ environment })} />
        <Choice label={t("initiator")} value={draft.initiator} choices={initiators} onChoose={(initiator) => set({ initiator })} />
        <Select label={t("owner")} placeholder={t("nobody")} value={draft.ownerId} clearable searchable data={owners} error={failure}
          onChange={(ownerId) => set({ ownerId })} />
        <Word label={t("team")} help={t("teamHelp")} value={draft.team} known={wordsOf(known.map(({ team }) => team))} onWrite={(team) => set({ team })} />
      </div>
      <Demands draft={draft} set={set} />
    </>
  );
};

const Demands = ({ draft, set }: { draft: TouchpointDraft; set: Set }) => {
  const t = useTexts(touchpointsTexts);
  return (
    <>
      <Textarea label={t("asks")} placeholder={t("asksPlaceholder")} value={draft.asks} maxLength={500} autosize minRows={2} onChange={(event) => set({ asks: event.currentTarget.value })} />
      <div className={classes.pair}>
        <NumberInput label={t("steps")} value={draft.steps ?? ""} min={0} max={1_000} allowDecimal={false} onChange={(value) => set({ steps: numberOf(value) })} />
        <NumberInput label={t("minutes")} value={draft.minutes ?? ""} min={0} max={100_000} onChange={(value) => set({ minutes: numberOf(value) })} />
        <TagsInput label={t("documents")} description={t("documentsHelp")} inputWrapperOrder={["label", "input", "description", "error"]} value={draft.documents} maxTags={20} maxLength={80}
          onChange={(documents) => set({ documents })} acceptValueOnBlur />
      </div>
    </>
  );
};

// An emptied field is no zero: nobody has said how long it takes.
const numberOf = (value: string | number): number | null => (typeof value === "number" ? value : value.trim() === "" || Number.isNaN(Number(value)) ? null : Number(value));

type ChoiceProps<Name extends string> = { label: string; value: Name; choices: readonly (Name & Parameters<typeof touchpointsTexts.say>[0])[]; onChoose: (name: Name) => void };

const Choice = <Name extends string>({ label, value, choices, onChoose }: ChoiceProps<Name>) => {
  const t = useTexts(touchpointsTexts);
  const choose = (chosen: string | null): void => {
    const name = choices.find((one) => one === chosen);
    if (name !== undefined) onChoose(name);
  };
  return <Select label={label} value={value} allowDeselect={false} searchable={choices.length > 10} data={choices.map((one) => ({ value: one, label: t(one) }))} onChange={choose} />;
};

type WordProps = { label: string; value: string | null; known: readonly string[]; onWrite: (word: string | null) => void; help?: string; placeholder?: string };

const Word = ({ label, value, known, onWrite, help, placeholder }: WordProps) => (
  <Autocomplete label={label} description={help} placeholder={placeholder} inputWrapperOrder={["label", "input", "description", "error"]} data={[...known]} value={value ?? ""} maxLength={80}
    onChange={(word) => onWrite(word.trim() === "" ? null : word)} />
);
