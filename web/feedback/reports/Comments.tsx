import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import { useComments } from "./reports.data.ts";
import { reportsTexts } from "./reports.texts.ts";

type CommentsProps = { surveyId: string; questionId: string; isOpenAtFirst: boolean };

/** What people wrote at a question; of choices, what they wrote beside "other". */
export const Comments = ({ surveyId, questionId, isOpenAtFirst }: CommentsProps) => {
  const t = useTexts(reportsTexts);
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  if (!isOpen) return <Button variant="subtle" size="compact-sm" className="report-more" onClick={() => setOpen(true)}>{t("showComments")}</Button>;
  return <CommentList surveyId={surveyId} questionId={questionId} />;
};

const CommentList = ({ surveyId, questionId }: { surveyId: string; questionId: string }) => {
  const t = useTexts(reportsTexts);
  const [search, setSearch] = useState("");
  const [sought] = useDebouncedValue(search, 250);
  const comments = useComments(surveyId, questionId, sought);
  const items = comments.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="report-comments">
      <TextInput size="xs" maxLength={200} leftSection={<IconSearch size={13} aria-hidden />} aria-label={t("searchComments")} placeholder={t("searchComments")} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
      {comments.isPending ? (
        <Loading kind="rows" rows={3} />
      ) : comments.isError ? (
        <ErrorState error={comments.error} onRetry={() => void comments.refetch()} />
      ) : items.length === 0 ? (
        <p className="quiet" role="status">{t(sought === "" ? "noComments" : "noCommentsFound")}</p>
      ) : (
        <ul>
          {items.map((item) => (
            <li key={item.responseId}>
              <p>{item.text}</p>
              <small><Link to="/responses/$responseId" params={{ responseId: item.responseId }}><Time at={item.at} /></Link> · {item.channel}</small>
            </li>
          ))}
        </ul>
      )}
      {comments.hasNextPage && <Button variant="subtle" size="compact-sm" loading={comments.isFetchingNextPage} onClick={() => void comments.fetchNextPage()}>{t("moreComments")}</Button>}
    </div>
  );
};
