import { Menu } from "@mantine/core";
import type { ReactNode } from "react";
import { useTypedSearch } from "../../shell/search.ts";
import { nameOfChannel } from "../../ui/channel-names.ts";
import { addressOfPicture } from "../../customers/customers.parts.ts";
import { formatDayWithYear } from "../../ui/dates.ts";
import { initialsOf } from "../../ui/initials.ts";
import { notifyFailed } from "../../ui/notices.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { describePeriod } from "../../ui/period.ts";
import { useTexts } from "../../ui/texts.ts";
import { useAccounts } from "./accounts.data.ts";
import { compareTexts } from "./compare.texts.ts";
import { columnsOf } from "./grid.rules.ts";
import { useDrawing } from "./map-drawing.ts";
import { comparedWith, readMapSearch } from "./map-search.ts";
import { mapTexts } from "./map.texts.ts";
import { useViewpointWords } from "./MapBadges.tsx";
import type { ListedMap } from "./maps.data.ts";
import { useMayQuote } from "./Words.tsx";
import { drawPicture } from "./picture.rules.ts";
import { pictureWords, saidInLane, saidOfCustomer } from "./picture-words.ts";
import { loadPhoto, loadPhotos, measureText, savePng, shownPaint } from "./save-picture.ts";

/** Saves the whole map as one picture: what is drawn, what is measured, and the customer who is laid on it. */
export const PictureItem = ({ map, icon }: { map: ListedMap; icon: ReactNode }) => {
  const t = useTexts(mapTexts);
  const [search] = useTypedSearch(readMapSearch);
  const { period, channel } = search;
  const other = comparedWith(search);
  const viewpoint = useViewpointWords(map);
  const { mapId, name, document, steps, overlay } = useDrawing();
  const mayQuote = useMayQuote();
  const customer = overlay?.customer ?? null;
  const accounts = useAccounts(mapId, customer?.id).data?.items ?? [];
  const save = async (): Promise<void> => {
    const wanted = [...new Set(document.cards.flatMap(({ fileId }) => fileId ?? []))];
    const photos = await loadPhotos(mapId, wanted);
    const face = map.viewpoint.kind === "persona" && map.viewpoint.personaId !== null && map.personaPictureId !== null ? await loadPhoto(addressOfPicture(map.viewpoint.personaId, map.personaPictureId)).catch(() => null) : null;
    const from = [
      // Whom the figures are of, when somebody chose other customers than the map is drawn for.
      overlay?.viewpoint === "asked" ? overlay.segments.map((segment) => t("ofSegment", { name: segment.name })).join(", ") || t("everyone") : viewpoint,
      t(map.state === "to_be" ? "toBe" : "asIs"), formatDayWithYear(new Date()),
      ...(overlay === undefined ? [] : [t("measuredFrom", { count: overlay.customers, n: formatNumber(overlay.customers) }), describePeriod(period)]),
      ...(channel === undefined ? [] : [nameOfChannel(channel)]),
      ...(other === null || overlay?.against == null ? [] : [`${compareTexts.say("comparedWith")}: ${[...overlay.against.segments.map((segment) => segment.name), describePeriod({ preset: "own", from: other.from, to: other.to })].join(", ")}`]),
    ];
    const picture = drawPicture({
      name, document, columns: columnsOf(document), steps, photos, paint: shownPaint(), measure: measureText, subtitle: from.join(" · "),
      persona: map.viewpoint.kind === "persona" ? { initials: initialsOf(map.viewpoint.name), story: map.viewpoint.story, photo: face } : null,
      second: new Map(overlay?.against?.steps.map((step) => [step.stepId, step])),
      saidIn: (lane, step) => saidInLane(lane, step, document, overlay, mayQuote),
      customer: customer === null ? null : { name: customer.name ?? t("someCustomer"), saidAt: (stepId) => saidOfCustomer(stepId, overlay, accounts) },
      words: pictureWords(wanted.length - photos.size),
    });
    await savePng(`${name}.png`, picture);
  };
  return <Menu.Item leftSection={icon} onClick={() => void save().catch(notifyFailed)}>{t("asPicture")}</Menu.Item>;
};
