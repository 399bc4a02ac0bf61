import { Button, Switch } from "@mantine/core";
import { useState } from "react";
import type { Query } from "../../shell/api.ts";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import { CommentItem } from "./CommentItem.tsx";
import { type Comment, type NeedName, useComments } from "./comments.data.ts";
import { commentsTexts } from "./comments.texts.ts";
import { CorrectionPanel } from "./CorrectionPanel.tsx";
import { usePersonalShown, withoutPersonal } from "./personal-shown.ts";
import { DraftPanel } from "../writing-aid/DraftPanel.tsx";
import { useWritingAidUses } from "../writing-aid/writing-aid.data.ts";

type CommentsCardProps = { query: Query; shownNeed: NeedName | undefined; onClear: () => void };

/** The comments themselves, newest first, with the words that carried what was read. */
export const CommentsCard = ({ query, shownNeed, onClear }: CommentsCardProps) => {
  const t = useTexts(commentsTexts);
  const comments = useComments(query);
  const [correcting, setCorrecting] = useState<Comment | null>(null);
  const [drafting, setDrafting] = useState<Comment | null>(null);
  const aid = useWritingAidUses();
  const maySeePersonal = useAbility("customers.read");
  const [isPersonalShown, showPersonal] = usePersonalShown();
  const hidesPersonal = !(maySeePersonal && isPersonalShown);
  const items = comments.data?.pages.flatMap((page) => page.items) ?? [];
  const hasPersonal = items.some(({ personalData }) => personalData.length > 0);
  return (
    <Card
      span={12}
      title={t("listTitle")}
      aside={maySeePersonal && (hasPersonal || isPersonalShown) && <Switch size="xs" label={t("showPersonal")} checked={isPersonalShown} onChange={(event) => showPersonal(event.currentTarget.checked)} />}
    >
      {comments.isPending ? (
        <Loading kind="rows" rows={8} />
      ) : comments.isError ? (
        <ErrorState error={comments.error} onRetry={() => void comments.refetch()} />
      ) : items.length === 0 ? (
        <EmptyState title={t("noneFiltered")} action={{ label: t("clearFilters"), onClick: onClear }} />
      ) : (
        <ul className="comments" aria-label={t("listLabel")}>
          {items.map((comment) => (
            <CommentItem key={comment.id} comment={comment} shownNeed={shownNeed} hidesPersonal={hidesPersonal} onCorrect={() => setCorrecting(comment)} onDraft={aid.writesDrafts ? () => setDrafting(comment) : undefined} />
          ))}
        </ul>
      )}
      {comments.hasNextPage && (
        <Button variant="default" fullWidth loading={comments.isFetchingNextPage} onClick={() => void comments.fetchNextPage()}>
          {t("loadMore")}
        </Button>
      )}
      <CorrectionPanel comment={items.find(({ id }) => id === correcting?.id) ?? correcting} period={{ from: query["from"], to: query["to"] }} hidesPersonal={hidesPersonal} onClose={() => setCorrecting(null)} />
      <DraftPanel comment={drafting === null || !hidesPersonal ? drafting : { id: drafting.id, text: withoutPersonal(drafting, (kind) => t(`personal_${kind}`)) }} onClose={() => setDrafting(null)} model={aid.model ?? ""} />
    </Card>
  );
};
