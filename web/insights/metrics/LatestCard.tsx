import { Button } from "@mantine/core";
import { useState } from "react";
import type { Query } from "../../shell/api.ts";
import type { LiveState } from "../../shell/live.ts";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import { AnswerItem } from "./AnswerItem.tsx";
import type { latestDays } from "./home-search.ts";
import { type Answer, useLatest } from "./metrics.data.ts";
import { metricsTexts } from "./metrics.texts.ts";

/** What customers just said. While the pointer rests on the list it stands still, and says how many came meanwhile. */
export const LatestCard = ({ query, days, live }: { query: Query; days: ReturnType<typeof latestDays>; live: LiveState }) => {
  const t = useTexts(metricsTexts);
  const latest = useLatest({ ...query, from: days.from, to: days.to });
  const [held, setHeld] = useState<readonly Answer[] | null>(null);
  const items = latest.data?.items ?? [];
  const shown = held ?? items;
  const missing = held === null ? 0 : items.filter(({ id }) => !held.some((old) => old.id === id)).length;
  return (
    <Card
      span={4}
      title={t("latest")}
      subtitle={t(days.isOfPeriod ? "latestOfPeriod" : "latestHint")}
      aside={
        <span className="live-mark" data-state={live} role="status">
          {t(live)}
        </span>
      }
    >
      {latest.isPending ? (
        <Loading kind="rows" rows={6} />
      ) : latest.isError ? (
        <ErrorState error={latest.error} onRetry={() => void latest.refetch()} />
      ) : shown.length === 0 ? (
        <p className="quiet">{t("latestNone")}</p>
      ) : (
        <>
          {missing > 0 && (
            <Button variant="light" size="compact-xs" fullWidth onClick={() => setHeld(items)}>
              {t("newAnswers", { count: missing })}
            </Button>
          )}
          <ul className="answers" onPointerEnter={() => setHeld(items)} onPointerLeave={() => setHeld(null)}>
            {shown.map((answer) => (
              <AnswerItem key={answer.id} answer={answer} isShort />
            ))}
          </ul>
        </>
      )}
    </Card>
  );
};
