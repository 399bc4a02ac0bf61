import { ActionIcon, Autocomplete, Button, Select } from "@mantine/core";
import type { MapStep, StepMatch } from "@firsthand/server/journeys/maps/document.contract";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTypedSearch } from "../../shell/search.ts";
import { nameOfChannel } from "../../ui/channel-names.ts";
import { useTexts } from "../../ui/texts.ts";
import { useChannelChoices } from "../channels/channels.data.ts";
import { useNameChoices } from "../paths/paths.data.ts";
import classes from "./Map.module.css";
import { useDrawing } from "./map-drawing.ts";
import { readMapSearch } from "./map-search.ts";
import { mapTexts } from "./map.texts.ts";
import { useTouchpointNames } from "./maps.data.ts";
import { changeStep } from "./parts.rules.ts";

/** Which of the data belongs to a step, and which says that it went wrong. */
export const StepMatches = ({ step }: { step: MapStep }) => {
  const t = useTexts(mapTexts);
  const { edit } = useDrawing();
  return (
    <>
      <MatchList title={t("matches")} help={step.childMapId === null ? t("matchesHelp") : `${t("matchesHelp")} ${t("matchesInside")}`} addLabel={t("addMatch")} list={step.matches} onChange={(matches) => edit([changeStep(step, { matches })])} />
      <MatchList title={t("failures")} help={t("failuresHelp")} addLabel={t("addFailure")} list={step.failures} onChange={(failures) => edit([changeStep(step, { failures })])} />
    </>
  );
};

type MatchListProps = { title: string; help: string; addLabel: string; list: readonly StepMatch[]; onChange: (list: StepMatch[]) => void };

const MatchList = ({ title, help, addLabel, list, onChange }: MatchListProps) => {
  const t = useTexts(mapTexts);
  const { registered, proposed } = useTouchpointNames();
  // What is proposed was met lately; the map may show a time long past, such as that of a file brought in.
  const [{ period }] = useTypedSearch(readMapSearch);
  const met = useNameChoices({ from: period.from, to: period.to, level: "touchpoint" });
  const channels = useChannelChoices();
  const [name, setName] = useState("");
  // The field writes the chosen option's words into itself after telling of it.
  const chosen = useRef<string | null>(null);
  const names = new Set(registered.map((one) => one.name));
  const add = (touchpoint: string): void => {
    const wanted = touchpoint.trim();
    setName("");
    if (wanted !== "" && !list.some((match) => match.touchpoint === wanted && match.channel === null)) onChange([...list, { touchpoint: wanted, channel: null }]);
  };
  return (
    <section className={classes.matches}>
      <h3 className="panel-heading">{title}</h3>
      <p className="quiet">{help}</p>
      <ul>
        {list.map((match, place) => (
          <li key={`${match.touchpoint}|${match.channel ?? ""}|${place}`}>
            <span dir="auto">{match.touchpoint}{!names.has(match.touchpoint) && <span className="quiet"> {t("notRegistered")}</span>}</span>
            <Select size="xs" aria-label={t("channelOf", { name: match.touchpoint })} placeholder={t("anyChannel")} clearable clearButtonProps={{ "aria-label": t("anyChannel") }} data={withChosen(channels, match.channel)} value={match.channel}
              onChange={(channel) => onChange(list.map((one, index) => (index === place ? { ...one, channel } : one)))} />
            <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("removeMatch", { name: match.touchpoint })} onClick={() => onChange(list.toSpliced(place, 1))}><IconX size={15} aria-hidden /></ActionIcon>
          </li>
        ))}
      </ul>
      {list.length < 20 && (
        <div className={classes.addMatch}>
          <Autocomplete size="xs" aria-label={addLabel} placeholder={addLabel} value={name} limit={40}
            onOptionSubmit={(option) => {
              chosen.current = option;
              add(option);
            }}
            onChange={(text) => {
              setName(text === chosen.current ? "" : text);
              chosen.current = null;
            }}
            data={[{ group: t("registeredGroup"), items: [...new Set(registered.map((one) => one.name))] }, { group: t("proposedGroup"), items: [...new Set([...proposed.map((one) => one.name), ...met])].filter((one) => !names.has(one)) }]}
            wrapperProps={{
              // On the wrapper, where the field itself has taken the option that stands chosen: what was typed of it is no touchpoint.
              onKeyDown: (event) => {
                if (event.key !== "Enter" || name.trim() === "" || event.defaultPrevented) return;
                event.preventDefault();
                add(name);
              },
            }} />
          <Button variant="default" size="xs" leftSection={<IconPlus size={13} aria-hidden />} disabled={name.trim() === ""} onClick={() => add(name)}>{t("add")}</Button>
        </div>
      )}
    </section>
  );
};

// A channel that is met no more stays to be seen.
const withChosen = (channels: readonly { value: string; label: string }[], chosen: string | null): { value: string; label: string }[] =>
  chosen === null || channels.some(({ value }) => value === chosen) ? [...channels] : [...channels, { value: chosen, label: nameOfChannel(chosen) }];
