import { Button } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useLive } from "../../shell/live.ts";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useSuggestions, type IdentityStep } from "./identity.data.ts";
import { identityTexts } from "./identity.texts.ts";
import { StepDialog } from "./StepDialog.tsx";
import { SuggestionItem } from "./SuggestionItem.tsx";

/** All pairs of customers that wait for a member's word. */
export const SuggestionListScreen = () => {
  const t = useTexts(identityTexts);
  const canDecide = useAbility("identity.decide");
  const suggestions = useSuggestions();
  useLive(["customer.merged", "customer.links_decided", "customer.separated"], () => void suggestions.refetch());
  const [open, setOpen] = useState<{ customerId: string; step: IdentityStep } | null>(null);
  const items = suggestions.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHeader title={t("suggestions")} back={<Link to="/customers">{t("back")}</Link>} />
      {suggestions.isPending && <Loading kind="page" />}
      {suggestions.error !== null && <ErrorState error={suggestions.error} onRetry={() => void suggestions.refetch()} />}
      {suggestions.isSuccess && items.length === 0 && <EmptyState title={t("suggestionsNone")} body={t("suggestionsNoneBody")} icon={IconUsers} />}
      {items.length > 0 && (
        <Card subtitle={t("suggestionsHint")} title={t("suggestions")}>
          {items.map((claim) => (
            <SuggestionItem
              key={claim.id}
              claim={claim}
              customerId={null}
              onStep={canDecide ? (step) => setOpen({ customerId: claim.strong.customerId ?? claim.weak.customerId ?? "", step }) : null}
            />
          ))}
          {suggestions.hasNextPage && (
            <Button variant="default" size="xs" loading={suggestions.isFetchingNextPage} onClick={() => void suggestions.fetchNextPage()}>
              {t("more")}
            </Button>
          )}
        </Card>
      )}
      <StepDialog customerId={open?.customerId ?? ""} step={open?.step ?? null} onClose={() => setOpen(null)} onDone={() => undefined} />
    </>
  );
};
