import { Link } from "@tanstack/react-router";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Map.module.css";
import { mapTexts } from "./map.texts.ts";
import type { WordsOnMap } from "./maps.data.ts";

/** Where members wrote on maps who a customer is: shown before she is erased, since no program can strike it out. */
export const WordsOnMaps = ({ words }: { words: readonly WordsOnMap[] }) => {
  const t = useTexts(mapTexts);
  return (
    <section className={classes.wordsOnMaps} aria-label={t("wordsOnMaps", { count: words.length })}>
      <p><strong>{t("wordsOnMaps", { count: words.length })}</strong> {t("wordsOnMapsHelp")}</p>
      <ul>
        {words.map(({ mapId, mapName, place, stepId, text }, at) => (
          <li key={`${mapId}${place}${at}`}>
            <Link to="/maps/$mapId" params={{ mapId }} search={{ ...(stepId === null ? {} : { step: stepId }), ...(place === "history" ? { panel: "history" } : place === "comment" ? { panel: "comments" } : {}) }} target="_blank" dir="auto">{mapName}</Link>
            {" · "}{t(`wordsPlace_${place}`)}{text !== "" && <span className="quiet" dir="auto">{": "}{text.length > 140 ? `${text.slice(0, 140)}…` : text}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
};
