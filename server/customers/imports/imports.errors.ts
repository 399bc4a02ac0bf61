import { defineErrors } from "#platform/http";

export const importsErrors = defineErrors("imports", {
  import_not_found: { status: 404, meaning: "There is no such import in this workspace." },
  import_file_gone: { status: 409, meaning: "The uploaded file was removed after the import; upload it again." },
  import_state_wrong: { status: 409, meaning: "The import is in a state in which this cannot be done; `details.state` names it." },
  import_file_unreadable: { status: 422, meaning: "The file cannot be read as a table; `details.reason` is the code of the fault and the message says what to do." },
  import_column_unknown: { status: 422, meaning: "The mapping names a column that the file does not have; `details.column` names it." },
  import_mapping_wrong: { status: 422, meaning: "The mapping contradicts itself: an unknown time zone, a scale without width, two columns for one thing." },
  import_body_missing: { status: 400, meaning: "The upload needs the file as its body with content type application/octet-stream." },
  import_cursor_wrong: { status: 400, meaning: "The cursor of a list of imports was not made by this server." },
  import_too_large: { status: 413, meaning: "The file is larger than UPLOAD_LIMIT_MB allows." },
});
