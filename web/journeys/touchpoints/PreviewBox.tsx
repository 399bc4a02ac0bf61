import { nameOfChannel } from "../../ui/channel-names.ts";
import { formatNumber } from "../../ui/numbers.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import classes from "./TouchpointEditor.module.css";
import { type MatchingRule, usePreview } from "./touchpoints.data.ts";
import { touchpointsTexts } from "./touchpoints.texts.ts";

/** What the rules match among the latest interactions, while they are being written. */
export const PreviewBox = ({ rules }: { rules: readonly MatchingRule[] }) => {
  const t = useTexts(touchpointsTexts);
  const preview = usePreview(rules);
  return (
    <section className={classes.preview} aria-label={t("preview")} aria-live="polite">
      <h3>{t("preview")}</h3>
      {rules.length === 0 ? <p className="quiet">{t("previewNone")}</p>
        : preview.error !== null ? <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
        : preview.data === undefined ? null
        : preview.data.matched === 0 ? <p className="quiet">{t("previewNothing", { examined: preview.data.examined })}</p>
        : (
          <>
            <p>
              <strong>{t("previewCount", { matched: preview.data.matched, examined: preview.data.examined })}</strong>
              <span className="quiet">, {t("previewNow")} {preview.data.from.map(({ touchpoint, count }) => `${touchpoint ?? t("unnamed")} (${formatNumber(count)})`).join(", ")}</span>
            </p>
            <ul className={classes.examples}>
              {preview.data.examples.map((example) => (
                <li key={example.id}>
                  <span>{example.name}</span>
                  <span className="quiet">{[example.type, example.channel === null ? null : nameOfChannel(example.channel), example.page].filter((word) => word !== null).join(" · ")}</span>
                  <Time at={example.at} />
                </li>
              ))}
            </ul>
          </>
        )}
    </section>
  );
};
