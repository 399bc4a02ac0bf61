import { defineErrors } from "#platform/http";

export const fileErrors = defineErrors("files", {
  file_too_large: { status: 413, meaning: "The file is larger than the question or the survey allows." },
  file_kind_refused: { status: 415, meaning: "The file is of a kind that is not taken here, judged by its content and not by its name." },
  file_empty: { status: 400, meaning: "The file has no content." },
  picture_refused: { status: 400, meaning: "The picture is damaged; or it is for a survey and more than 8,192 pixels wide or high." },
  file_not_asked: { status: 400, meaning: "The survey has no such question that takes files." },
  too_many_files: { status: 409, meaning: "This response has sent as many files for this question as it may." },
  picture_in_use: { status: 409, meaning: "The picture belongs to a published version, which never changes." },
});
