import { Menu } from "@mantine/core";
import type { ReactNode } from "react";
import { formatDayWithYear } from "../../ui/dates.ts";
import { notifyFailed } from "../../ui/notices.tsx";
import { formatChange, formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { columnsOf } from "./grid.rules.ts";
import { faceOf } from "./faces.ts";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { useViewpointWords } from "./MapBadges.tsx";
import type { ListedMap } from "./maps.data.ts";
import { drawPicture } from "./picture.rules.ts";
import { shownPaint, measureText, savePng } from "./save-picture.ts";

/** Saves the whole map as one picture. */
export const PictureItem = ({ map, icon }: { map: ListedMap; icon: ReactNode }) => {
  const t = useTexts(mapTexts);
  const viewpoint = useViewpointWords(map.viewpoint);
  const { name, document, steps } = useDrawing();
  const save = async (): Promise<void> => {
    const picture = drawPicture({
      name, document, columns: columnsOf(document), steps, paint: shownPaint(), measure: measureText,
      subtitle: [viewpoint, t(map.state === "to_be" ? "toBe" : "asIs"), formatDayWithYear(new Date())].join(" · "),
      words: { either: t("either"), or: t("or"), step: t("step"), stage: t("stage"), feeling: t("feeling"), customers: (count) => t("customers", { count, n: formatNumber(count) }), feelingOf: (value) => t(faceOf(value).word), value: (value) => formatChange(value * 100) },
    });
    await savePng(`${name}.png`, picture);
  };
  return <Menu.Item leftSection={icon} onClick={() => void save().catch(notifyFailed)}>{t("asPicture")}</Menu.Item>;
};
