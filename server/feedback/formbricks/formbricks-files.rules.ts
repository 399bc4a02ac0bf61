/** The name clients of Formbricks read out of the address of a file, between it and its id. */
const MARK = "--fid--";

/** Address of a file as clients of Formbricks know files: they show the name in it and send it as the answer. Nothing is to be had there. */
export const fileAddress = (baseUrl: string, file: { environment: string; id: string; name: string }): string => {
  const name = (file.name.split(/[\\/]/).at(-1) ?? "").replace(/[^\p{L}\p{N}._ -]/gu, "").slice(0, 100);
  const dot = name.lastIndexOf(".");
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  return `${baseUrl}/storage/${encodeURIComponent(file.environment)}/private/${encodeURIComponent(`${stem === "" ? "file" : stem}${MARK}${file.id}${/^\.[a-z0-9]{1,10}$/i.test(extension) ? extension : ""}`)}`;
};

/** Id of the file at an address made here; null for every other text. */
export const fileIdIn = (address: string): string | null => new RegExp(`${MARK}([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\\.[a-z0-9]{1,10})?$`, "i").exec(address)?.[1] ?? null;

/** What a place for an upload is signed by: whose it is, for which survey, under which name, and until when. */
export const uploadText = (upload: { workspaceId: string; surveyId: string; id: string; name: string; expiresMs: number }): string =>
  `formbricks-file:${JSON.stringify([upload.workspaceId, upload.surveyId, upload.id, upload.expiresMs, upload.name])}`;
