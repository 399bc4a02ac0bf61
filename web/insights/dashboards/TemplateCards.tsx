import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useTemplates } from "./dashboards.data.ts";
import { dashboardsTexts } from "./dashboards.texts.ts";

/** Boards to start from, each with a sketch of its tiles. */
export const TemplateCards = ({ onChoose }: { onChoose: (templateId: string | null) => void }) => {
  const t = useTexts(dashboardsTexts);
  const templates = useTemplates();
  if (templates.isPending) return <Loading kind="rows" rows={4} />;
  if (templates.isError) return <ErrorState error={templates.error} onRetry={() => void templates.refetch()} />;
  return (
    <ul className="board-cards">
      {templates.data.items.map(({ id, name, description, tiles }) => (
        <li key={id}>
          <button type="button" onClick={() => onChoose(id)}>
            <span className="board-sketch" aria-hidden>
              {tiles.map(({ id: tileId, place: { x, y, w, h } }) => <i key={tileId} style={{ gridColumn: `${x + 1} / span ${w}`, gridRow: `${y + 1} / span ${h}` }} />)}
            </span>
            <strong>{name}</strong>
            <span>{description}</span>
          </button>
        </li>
      ))}
      <li>
        <button type="button" onClick={() => onChoose(null)}>
          <span className="board-sketch" aria-hidden />
          <strong>{t("fromNothing")}</strong>
          <span>{t("fromNothingBody")}</span>
        </button>
      </li>
    </ul>
  );
};
