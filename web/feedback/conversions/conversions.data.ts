import type { FidelityLine, FidelityReport, SourceElement, SurveyConversion } from "@firsthand/server/feedback/conversions/conversions.contract";
import type { Question, SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import type { ImportColumn, ResponseImport, ResponseImportResult, ResponsePreview } from "@firsthand/server/feedback/conversions/response-imports.contract";
import type { Survey } from "@firsthand/server/feedback/surveys/surveys.contract";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type { FidelityLine, FidelityReport, ImportColumn, Question, ResponseImport, ResponsePreview, Survey, SourceElement, SurveyConversion, SurveyDefinition };

/** The bytes as they are on the disk of the member. */
const bytesOf = (file: File): Blob => new Blob([file], { type: "application/octet-stream" });

/** Converts a survey file without saving anything. */
export const convertSurveyFile = (file: File): Promise<SurveyConversion> => api.post<SurveyConversion>("/api/survey-conversions", bytesOf(file));

export const createFromConversion = async (name: string, definition: SurveyDefinition): Promise<Survey> => {
  const survey = await api.post<Survey>("/api/surveys", { name, definition });
  await queryClient.invalidateQueries({ queryKey: ["surveys"] });
  return survey;
};

const importsKey = (surveyId: string) => ["response-imports", surveyId] as const;
const addressOf = (surveyId: string): string => `/api/surveys/${surveyId}/response-imports`;

export const useSurveyToFill = (surveyId: string) => useQuery({ queryKey: ["survey-to-fill", surveyId], queryFn: ({ signal }) => api.get<Survey>(`/api/surveys/${surveyId}`, { signal }) });

export const useResponseImports = (surveyId: string) =>
  useQuery({ queryKey: importsKey(surveyId), queryFn: ({ signal }) => api.get<{ items: ResponseImport[] }>(addressOf(surveyId), { signal }) });

/** Reads a file of responses against the survey and writes nothing. */
export const previewResponses = async (surveyId: string, file: File, zone: string): Promise<ResponsePreview> =>
  (await api.post<ResponseImportResult>(addressOf(surveyId), bytesOf(file), { query: { name: file.name, preview: "true", zone } })).preview;

/** Writes the responses of a file. A survey that was never published is published first, as responses belong to a version. */
export const importResponses = async (survey: Survey, file: File, zone: string): Promise<ResponseImport | null> => {
  if (survey.publishedVersion === null) await api.post(`/api/surveys/${survey.id}/versions`);
  const done = await api.post<ResponseImportResult>(addressOf(survey.id), bytesOf(file), { query: { name: file.name, zone } });
  await reload(survey.id);
  return done.import;
};

export const undoImport = async (surveyId: string, importId: string): Promise<void> => {
  await api.delete(`${addressOf(surveyId)}/${importId}`);
  await reload(surveyId);
};

const reload = async (surveyId: string): Promise<void> => {
  const keys = [importsKey(surveyId), ["survey-to-fill", surveyId], ["survey", surveyId], ["surveys"], ["responses"]];
  await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey: [...queryKey] })));
};
