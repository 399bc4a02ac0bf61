import { type Choices, failureOf, missingIn, withChosen } from "../../ui/choices.ts";
import { useTexts } from "../../ui/texts.ts";
import { mapTexts } from "./map.texts.ts";
import { useMaps } from "./maps.data.ts";

/** The maps that can show a step of a map in detail, with the one that does although it is archived. */
export const useChildMapChoices = (mapId: string, childMapId: string | null): Choices => {
  const t = useTexts(mapTexts);
  const maps = useMaps(false);
  const offered = maps.data?.items.filter(({ id }) => id !== mapId).map(({ id, name }) => ({ value: id, label: name }));
  const isMissing = offered !== undefined && missingIn(offered, [childMapId]).length > 0;
  const archived = useMaps(true, isMissing);
  const names = new Map(archived.data?.items.map(({ id, name }) => [id, t("archivedMap", { name })]));
  // Until its name is known, nothing is said of a map that is not among the others.
  const chosen = isMissing && archived.isPending ? null : childMapId;
  return { choices: withChosen(offered, [chosen], names), failure: failureOf(maps.error ?? archived.error) };
};
