import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Query } from "../../shell/api.ts";
import { useAbility } from "../../shell/session.data.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatChange, formatNumber, formatShare } from "../../ui/numbers.ts";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import { NotNamed } from "./NotNamed.tsx";
import { type PathFilter, replacedBy, sayFilter } from "./path-filters.ts";
import { nameOf, sayTime } from "./path-words.ts";
import { type GraphEdge, type GraphNode, type PlaceReply, usePlace } from "./paths.data.ts";
import { pathsTexts } from "./paths.texts.ts";

/** A step, or a connection when it says what came before. */
export type ChosenPlace = { node: GraphNode; previous: { node: GraphNode; edge: GraphEdge } | null };
type PlacePanelProps = { place: ChosenPlace; query: Query; filters: readonly PathFilter[]; onClose: () => void; onFilter: (filter: PathFilter) => void };

/** Numbers, times, feelings and customers behind one step or connection. */
export const PlacePanel = ({ place: { node, previous }, query, filters, onClose, onFilter }: PlacePanelProps) => {
  const t = useTexts(pathsTexts);
  const place = usePlace({ ...query, node: node.name, previous: previous?.node.name });
  const mayName = useAbility("customers.read");
  const title = previous === null ? nameOf(node) : t("panelEdge", { from: nameOf(previous.node), to: nameOf(node) });
  const filter = filterFor(node.name, previous?.node.name ?? null);
  const replaced = replacedBy(filters, filter);
  return (
    <SidePanel isOpen onClose={onClose} title={title}>
      {place.isPending ? <Loading kind="rows" /> : place.isError ? <ErrorState error={place.error} onRetry={() => void place.refetch()} /> : (
        <div className="path-place">
          <PlaceNumbers place={place.data} />
          {previous === null && <PlaceFeeling node={node} />}
          <Button variant="default" size="xs" onClick={() => onFilter(filter)}>{t(replaced === null ? "onlyThese" : "theseInstead")}</Button>
          {replaced !== null && <p className="quiet">{t("insteadOf", { filter: sayFilter(replaced, () => undefined) })}</p>}
          <section aria-labelledby="path-examples">
            <h3 id="path-examples">{t("examples")}</h3>
            {!mayName ? <NotNamed /> : <ul className="path-examples">
              {place.data.examples.map(({ customerId, name, count, lastAt }) => (
                <li key={customerId}>
                  <Link to="/customers/$customerId" params={{ customerId }}>{name === null || name === "" ? t("nameless") : name}</Link>
                  <span className="quiet">{count > 1 && `${formatNumber(count)} × · `}<Time at={lastAt} /></span>
                </li>
              ))}
            </ul>}
          </section>
        </div>
      )}
    </SidePanel>
  );
};

const filterFor = (name: string | null, previous: string | null): PathFilter =>
  previous === null ? { kind: "passes", names: [name ?? ""] } : { kind: "follows", first: previous, then: name ?? "", how: "directly", within: null };

const PlaceNumbers = ({ place: { count, customers, times } }: { place: PlaceReply }) => {
  const t = useTexts(pathsTexts);
  return (
    <>
      <dl className="path-facts">
        <div><dt>{t("metTimes")}</dt><dd>{formatNumber(count)}</dd></div>
        <div><dt>{t("byCustomers")}</dt><dd>{formatNumber(customers)}</dd></div>
      </dl>
      {times !== null && (
        <section aria-labelledby="path-times">
          <h3 id="path-times">{t("timesTitle")}</h3>
          <dl className="path-facts">
            <div><dt>{t("median")}</dt><dd>{sayTime(times.medianS)}</dd></div>
            <div><dt>{t("mean")}</dt><dd>{sayTime(times.meanS)}</dd></div>
            <div><dt>{t("p90")}</dt><dd>{sayTime(times.p90S)}</dd></div>
            <div><dt>{t("fastest")}</dt><dd>{sayTime(times.minS)}</dd></div>
            <div><dt>{t("slowest")}</dt><dd>{sayTime(times.maxS)}</dd></div>
          </dl>
        </section>
      )}
    </>
  );
};

const PlaceFeeling = ({ node: { feeling } }: { node: GraphNode }) => {
  const t = useTexts(pathsTexts);
  if (feeling === null || feeling.count + feeling.readCount === 0) return <p className="quiet">{t("noFeeling")}</p>;
  return (
    <p>
      {feeling.mean !== null && <>{t("feelingSaid", { value: formatChange(feeling.mean * 100), count: feeling.count })}<br /></>}
      {feeling.readMean !== null && <>{t("feelingRead", { value: formatChange(feeling.readMean * 100), count: feeling.readCount })}<br /></>}
      {feeling.readCount > 0 && <span className="quiet">{t("measuredShare", { share: formatShare(feeling.count / (feeling.count + feeling.readCount)) })}</span>}
    </p>
  );
};
