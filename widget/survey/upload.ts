import type { Upload } from "./fields.ts";

/** Sends a file of an answer; the response itself is saved apart and names the file by its id. */
export function uploadTo(base: string, slug: string, responseId: string): Upload {
  return async (questionId, file) => {
    const query = new URLSearchParams({ slug, responseId, questionId, name: file.name });
    const reply = await fetch(`${base}/api/public/files?${query}`, {
      method: "POST", headers: { "content-type": file.type === "" ? "application/octet-stream" : file.type }, body: file, credentials: "omit",
    });
    const { id, error }: { id?: string; error?: { code?: string } } = await reply.json();
    // The message is the code of the refusal: the field has words for it.
    if (id === undefined) throw new Error(error?.code);
    return { id, name: file.name };
  };
}
