/** Hands the browser a file to keep. */
export const saveFile = (name: string, content: Blob): void => {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name.replace(/[^\p{L}\p{N}._ -]+/gu, "_");
  link.click();
  // The browser reads it in its own time; a minute is more than enough.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};
