import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTexts } from "./texts.ts";
import { uiTexts } from "./ui.texts.ts";

/** What went wrong, in the server's words, and a way to try again. */
export const ErrorState = ({ error, onRetry }: { error: unknown; onRetry?: () => void }) => {
  const t = useTexts(uiTexts);
  const client = useQueryClient();
  const tryAgain = (): void => {
    onRetry?.();
    // What failed beside it and shows no button of its own: names, filters, choices.
    void client.refetchQueries({ type: "active", predicate: ({ state }) => state.status === "error" }, { cancelRefetch: false });
  };
  return (
    <div className="empty" role="alert">
      <IconAlertTriangle size={26} stroke={1.5} color="var(--det)" aria-hidden />
      <h2>{t("failed")}</h2>
      <p>{messageOf(error)}</p>
      {onRetry && (
        <Button variant="default" size="sm" onClick={tryAgain}>
          {t("tryAgain")}
        </Button>
      )}
    </div>
  );
};

/** A sentence for any failure. */
export const messageOf = (error: unknown): string => {
  if (isOfAddress(error)) return uiTexts.say("noSuchAddress");
  return error instanceof Error ? error.message : String(error);
};

// The server names the parts of an address that cannot be: whoever opened a link that was cut off never heard of them.
const isOfAddress = (error: unknown): boolean => {
  const fields: unknown = Reflect.get(Object(Reflect.get(Object(error), "details")), "fields");
  return Array.isArray(fields) && fields.length > 0 && fields.every((one: unknown) => String(Reflect.get(Object(one), "field")).startsWith("path."));
};
