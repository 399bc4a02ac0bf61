import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { nameOfChannel } from "../../ui/channel-names.ts";
import { useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import { daysOf, isNarrowed, type ReportSearch } from "./report-search.ts";
import { useComments } from "./reports.data.ts";
import { reportsTexts } from "./reports.texts.ts";

type CommentsProps = { surveyId: string; questionId: string; search: ReportSearch };

/** What people wrote at a question in the period of the report; of choices, what they wrote beside "other". */
export const Comments = ({ isOpenAtFirst, ...shown }: CommentsProps & { isOpenAtFirst: boolean }) => {
  const t = useTexts(reportsTexts);
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  if (!isOpen) return <Button variant="subtle" size="compact-sm" className="report-more" onClick={() => setOpen(true)}>{t("showComments")}</Button>;
  return <CommentList {...shown} />;
};

const CommentList = ({ surveyId, questionId, search }: CommentsProps) => {
  const t = useTexts(reportsTexts);
  const [typed, setTyped] = useState("");
  const [sought] = useDebouncedValue(typed, 250);
  const comments = useComments(surveyId, questionId, daysOf(search), sought);
  const items = comments.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="report-comments">
      <TextInput size="xs" maxLength={200} leftSection={<IconSearch size={13} aria-hidden />} aria-label={t("searchComments")} placeholder={t("searchComments")} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
      {isNarrowed(search) && <p className="quiet">{t("commentsOfAll")}</p>}
      {comments.isPending ? (
        <Loading kind="rows" rows={3} />
      ) : comments.isError ? (
        <ErrorState error={comments.error} onRetry={() => void comments.refetch()} />
      ) : items.length === 0 ? (
        <p className="quiet" role="status">{t(sought !== "" ? "noCommentsFound" : search.period.preset === "all" ? "noComments" : "noCommentsThen")}</p>
      ) : (
        <ul>
          {items.map((item) => (
            <li key={item.responseId}>
              <p>{item.text}</p>
              <small><Link to="/responses/$responseId" params={{ responseId: item.responseId }}><Time at={item.at} /></Link> · {nameOfChannel(item.channel)}</small>
            </li>
          ))}
        </ul>
      )}
      {comments.hasNextPage && <Button variant="subtle" size="compact-sm" loading={comments.isFetchingNextPage} onClick={() => void comments.fetchNextPage()}>{t("moreComments")}</Button>}
    </div>
  );
};
