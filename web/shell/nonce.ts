/** The word the content security policy of this page asks of inline styles; undefined in development. */
export const pageNonce = (): string | undefined => {
  const content = document.querySelector('meta[name="csp-nonce"]')?.getAttribute("content") ?? "";
  return content === "" || content.startsWith("__") ? undefined : content;
};
