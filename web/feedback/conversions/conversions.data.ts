import type { FidelityLine, FidelityReport, SourceElement, SurveyConversion } from "@firsthand/server/feedback/conversions/conversions.contract";
import type { Question, SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import type { Survey } from "@firsthand/server/feedback/surveys/surveys.contract";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type { FidelityLine, FidelityReport, Question, SourceElement, SurveyConversion, SurveyDefinition };

/** The bytes as they are on the disk of the member. */
const bytesOf = (file: File): Blob => new Blob([file], { type: "application/octet-stream" });

/** Converts a survey file without saving anything. */
export const convertSurveyFile = (file: File): Promise<SurveyConversion> => api.post<SurveyConversion>("/api/survey-conversions", bytesOf(file));

export const createFromConversion = async (name: string, definition: SurveyDefinition): Promise<Survey> => {
  const survey = await api.post<Survey>("/api/surveys", { name, definition });
  await queryClient.invalidateQueries({ queryKey: ["surveys"] });
  return survey;
};
