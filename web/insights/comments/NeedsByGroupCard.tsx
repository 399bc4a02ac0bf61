import { Select } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Query } from "../../shell/api.ts";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { notNamed } from "../../ui/unnamed.ts";
import { nameOfGroup } from "../metrics/group-words.ts";
import type { CommentsSearch } from "./comments-search.ts";
import { dimensionNames, type GroupsReply, needNames, useGroups } from "./comments.data.ts";
import { commentsTexts } from "./comments.texts.ts";
import { intervalWords, shareWords, shownShare } from "./shown-shares.ts";

type NeedsByGroupCardProps = { search: CommentsSearch; query: Query; onChange: (patch: Readonly<Record<string, string | undefined>>) => void };

const fewest = 10;
const rowsMax = 12;
// Deeper than this, dark text on the tint would not be read.
const tintMax = 38;

/** Where which need is not met: one row per group, one column per need, deeper where more comments say so. */
export const NeedsByGroupCard = ({ search, query, onChange }: NeedsByGroupCardProps) => {
  const t = useTexts(commentsTexts);
  const groups = useGroups(search.by, query);
  return (
    <Card
      span={12}
      title={t(`whereTitle_${search.by}`)}
      subtitle={t("whereHint")}
      aside={
        <Select
          size="xs"
          w={150}
          aria-label={t("by")}
          value={search.by}
          allowDeselect={false}
          onChange={(by) => onChange({ by: by ?? undefined })}
          data={dimensionNames.map((name) => ({ value: name, label: t(name) }))}
        />
      }
    >
      {groups.isPending ? <Loading kind="rows" rows={5} /> : groups.isError ? <ErrorState error={groups.error} onRetry={() => void groups.refetch()} /> : <HeatTable groups={groups.data} />}
    </Card>
  );
};

const HeatTable = ({ groups: { by, groups } }: { groups: GroupsReply }) => {
  const t = useTexts(commentsTexts);
  if (groups.every(({ value }) => value === null)) return <p className="quiet">{t("noGroups")}</p>;
  const shown = groups.slice(0, rowsMax);
  const deepest = Math.max(0.1, ...shown.filter(({ count }) => count >= fewest).flatMap(({ needs }) => needs.map(({ unmet }) => shownShare(unmet).share)));
  return (
    <div className="heat-scroll" tabIndex={0} role="region" aria-label={t("whereLabel")}>
      <table className="heat">
        <thead>
          <tr>
            <th scope="col">{t(by)}</th>
            <th scope="col" className="heat-count">{t("comments")}</th>
            {needNames.map((need) => <th key={need} scope="col">{t(need)}</th>)}
          </tr>
        </thead>
        <tbody>
          {shown.map((group) => {
            const name = nameOfGroup(by, group);
            const value = group.value ?? notNamed;
            return (
              <tr key={value}>
                <th scope="row">{name}</th>
                <td className="heat-count">{formatNumber(group.count)}</td>
                {group.needs.map(({ name: need, unmet }) => (
                  <td key={need} className="heat-cell" style={group.count < fewest ? undefined : { background: `color-mix(in oklab, var(--det) ${(tintMax * shownShare(unmet).share) / deepest}%, var(--surface))` }}>
                    {group.count < fewest ? (
                      <span className="quiet">–</span>
                    ) : (
                      <Link
                        to="."
                        resetScroll={false}
                        aria-label={t("cellLabel", { group: name, need: t(need), share: shareWords(shownShare(unmet).share), count: formatNumber(group.count) })}
                        title={t("interval", intervalWords(unmet))}
                        search={(before: object) => ({ ...before, need, polarity: "neg", ...(by === "source" ? {} : { [by]: value }) })}
                      >
                        {shareWords(shownShare(unmet).share)}
                      </Link>
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};
