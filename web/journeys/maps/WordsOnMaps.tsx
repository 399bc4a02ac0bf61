import { Link } from "@tanstack/react-router";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Map.module.css";
import { mapTexts } from "./map.texts.ts";
import { useWordsOnMaps } from "./maps.data.ts";

/** Where members wrote on maps who a customer is: shown before she is erased, since no program can strike it out. */
export const WordsOnMaps = ({ customerId }: { customerId: string }) => {
  const t = useTexts(mapTexts);
  const words = useWordsOnMaps(customerId);
  if (words.isError) return <ErrorState error={words.error} onRetry={() => void words.refetch()} />;
  const items = words.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className={classes.wordsOnMaps} aria-label={t("wordsOnMaps", { count: items.length })}>
      <p><strong>{t("wordsOnMaps", { count: items.length })}</strong> {t("wordsOnMapsHelp")}</p>
      <ul>
        {items.map(({ mapId, mapName, place, stepId, text }, at) => (
          <li key={`${mapId}${place}${at}`}>
            <Link to="/maps/$mapId" params={{ mapId }} search={{ ...(stepId === null ? {} : { step: stepId }), ...(place === "history" ? { panel: "history" } : place === "comment" ? { panel: "comments" } : {}) }} target="_blank" dir="auto">{mapName}</Link>
            {" · "}{t(`wordsPlace_${place}`)}{text !== "" && <span className="quiet" dir="auto">{": "}{text.length > 140 ? `${text.slice(0, 140)}…` : text}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
};
