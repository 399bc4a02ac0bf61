import { useEffect, useState } from "preact/hooks";
import { isCommon } from "@firsthand/server/feedback/surveys/common-answers.rules";
import type { SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";

type RareFields = typeof import("./RareField.tsx");

/** Loads the fields few surveys need as soon as a survey has one of them, so that they are there before the line is lost. */
export function useRareFields(definition: SurveyDefinition): { loaded: RareFields | null; hasFailed: boolean; retry: () => void } {
  const [loaded, setLoaded] = useState<RareFields | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const isNeeded = definition.questions.some((question) => !isCommon(question));
  useEffect(() => {
    if (isNeeded && loaded === null && !hasFailed) import("./RareField.tsx").then(setLoaded).catch(() => setHasFailed(true));
  }, [isNeeded, loaded, hasFailed]);
  return { loaded, hasFailed, retry: () => setHasFailed(false) };
}
