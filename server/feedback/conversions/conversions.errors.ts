import { defineErrors } from "#platform/http";

export const conversionErrors = defineErrors("conversions", {
  survey_file_missing: { status: 400, meaning: "The upload needs the file as its body with content type application/octet-stream." },
  survey_file_unreadable: { status: 422, meaning: "The file is no survey of a known tool, damaged or too large; `details.reason` is file_unknown, file_damaged or file_too_large." },
  response_file_unreadable: { status: 422, meaning: "The file holds no responses that can be read; the message says why." },
  survey_never_published: { status: 409, meaning: "Responses belong to a published version of a survey; publish it before importing them." },
  response_import_unknown: { status: 404, meaning: "There is no such import of responses for this survey." },
});
