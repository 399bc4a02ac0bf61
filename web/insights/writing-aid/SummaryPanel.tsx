import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type MouseEvent, useId } from "react";
import type { Query } from "../../shell/api.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { Time } from "../../ui/Time.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type CommentSummary, useNewSummary } from "./writing-aid.data.ts";
import { writingAidTexts } from "./writing-aid.texts.ts";
import "./writing-aid.css";

type SummaryPanelProps = { isOpen: boolean; onClose: () => void; query: Query; model: string };

/** Has the comments of some filters summed up by the workspace's language model, and shows from what. */
export const SummaryPanel = ({ isOpen, onClose, query, model }: SummaryPanelProps) => {
  const t = useTexts(writingAidTexts);
  return (
    <SidePanel isOpen={isOpen} onClose={onClose} title={t("summaryTitle")} width={560}>
      {isOpen && <NewSummary key={JSON.stringify(query)} query={query} model={model} />}
    </SidePanel>
  );
};

const NewSummary = ({ query, model }: { query: Query; model: string }) => {
  const t = useTexts(writingAidTexts);
  const summary = useNewSummary(query);
  return (
    <div className="aid-words">
      {/* Stays from the asking to the answer: what is put into a region that is new is not read out. */}
      <div role="status">
        {summary.isPending && <p className="quiet">{t("writing")}</p>}
        {summary.isSuccess && <p className="aid-mark">{t("writtenBy", { model: summary.data.model, count: summary.data.comments.length })}{!summary.data.isAll && ` ${t("notAll")}`}</p>}
      </div>
      {summary.isSuccess ? (
        <Written summary={summary.data} />
      ) : (
        <>
          <p>{t("summaryAsk", { model })}</p>
          {summary.isError && <ErrorState error={summary.error} />}
          <Button loading={summary.isPending} onClick={() => summary.mutate()}>{t("write")}</Button>
        </>
      )}
    </div>
  );
};

const Written = ({ summary: { sentences, comments } }: { summary: CommentSummary }) => {
  const t = useTexts(writingAidTexts);
  const place = useId();
  // The address stays as it is: only the eye and the keyboard go there.
  const goTo = (event: MouseEvent, number: number): void => {
    event.preventDefault();
    document.getElementById(`${place}-${number}`)?.focus();
  };
  return (
    <>
      <ul aria-label={t("sentences")}>
        {sentences.map(({ text, numbers }, index) => (
          <li key={index}>
            {text}{" "}
            {numbers.map((number) => (
              <a key={number} className="aid-cited" href={`#${place}-${number}`} aria-label={t("cited", { number })} onClick={(event) => goTo(event, number)}>{number}</a>
            ))}
          </li>
        ))}
      </ul>
      <h3 className="panel-heading">{t("sent")}</h3>
      <ol className="aid-sent">
        {comments.map(({ number, id, at, text, customerId }) => (
          <li key={id} id={`${place}-${number}`} tabIndex={-1}>
            <b>{number}</b>
            <div>
              <p dir="auto">{text}</p>
              <small className="quiet">
                <Time at={at} />
                {customerId !== null && <> · <Link to="/customers/$customerId" params={{ customerId }}>{t("customer")}</Link></>}
              </small>
            </div>
          </li>
        ))}
      </ol>
    </>
  );
};
