import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { CallDesk } from "./CallDesk.tsx";
import { type Call, type CallList, takeNextCall, useCallList, useCurrentCall } from "./interviews.data.ts";
import { interviewsTexts } from "./interviews.texts.ts";
import { type Nobody, WaitingRoom } from "./WaitingRoom.tsx";

/** Where an interviewer calls from a list: one person after another. */
export const InterviewScreen = () => {
  const t = useTexts(interviewsTexts);
  const { listId = "" } = useParams({ strict: false });
  const list = useCallList(listId);
  const current = useCurrentCall(listId);
  const failure = list.error ?? current.error;
  return (
    <>
      <PageHeader title={list.data?.name ?? "…"} back={<Link to="/call-lists">{t("all")}</Link>} />
      {failure !== null && <ErrorState error={failure} onRetry={() => void Promise.all([list.refetch(), current.refetch()])} />}
      {failure === null && (list.data === undefined || current.data === undefined) && <Loading kind="page" />}
      {failure === null && list.data !== undefined && current.data !== undefined && <Calling key={listId} list={list.data} call={current.data.call} />}
    </>
  );
};

const Calling = ({ list, call }: { list: CallList; call: Call | null }) => {
  const [nobody, setNobody] = useState<Nobody | null>(null);
  const take = async (): Promise<void> => {
    const { call: taken, nextAt, skipped } = await takeNextCall(list.id);
    setNobody(taken === null ? { nextAt, skipped } : null);
  };
  if (call === null) return <WaitingRoom list={list} nobody={nobody} onNext={take} />;
  return <CallDesk key={call.targetId} list={list} call={call} onNext={take} />;
};
