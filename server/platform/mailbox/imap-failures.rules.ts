// What went wrong at a mail server, in a sentence for members. Words of the server itself are left out: it could say the password.

type Place = { host: string; port: number; folder: string };

/** @param error what the client of mailboxes threw, or a word of our own */
export const failureText = ({ host, port, folder }: Place, error: unknown): string => {
  const server = `${host}:${port}`;
  if (error === "timeout") return `${server} did not answer in time.`;
  if (error === "not_encrypted") return `${server} would hear the password unencrypted. That is allowed only for hosts of your own network, which the operator names in OUTSIDE_HOSTS_ALLOWED.`;
  const facts = factsOf(error);
  if (facts.isRefused) return `${server} refuses user name or password. Some providers want an app password here.`;
  if (facts.isFolderMissing) return `There is no folder "${folder}" in this mailbox.`;
  const known = KNOWN[facts.code];
  if (known !== undefined) return `${server} ${known}`;
  if (facts.isTls || /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(facts.code)) return `${server} cannot be trusted: its certificate or encryption is not right (${facts.code === "" ? "TLS" : facts.code}).`;
  return `${server} gave an answer that could not be used (${facts.code === "" ? "no reason given" : facts.code.slice(0, 60)}).`;
};

const KNOWN: Readonly<Record<string, string>> = {
  ENOTFOUND: "could not be reached: there is no such host.",
  EAI_AGAIN: "could not be reached: there is no such host.",
  ECONNREFUSED: "could not be reached: the connection was refused.",
  ECONNRESET: "broke the connection off.",
  EHOSTUNREACH: "could not be reached.",
  ENETUNREACH: "could not be reached.",
  NoConnection: "broke the connection off.",
  EConnectionClosed: "broke the connection off.",
  ClosedAfterConnectText: "broke the connection off. Perhaps it wants encryption from the first byte.",
  ClosedAfterConnectTLS: "broke the connection off. Perhaps it encrypts only after STARTTLS.",
  CONNECT_TIMEOUT: "did not answer in time.",
  GREETING_TIMEOUT: "took the connection and said nothing. Perhaps the port or the kind of encryption is another.",
  UPGRADE_TIMEOUT: "did not answer in time.",
  ETIMEOUT: "did not answer in time.",
  ETIMEDOUT: "did not answer in time.",
  DEPTH_ZERO_SELF_SIGNED_CERT: "cannot be trusted: its certificate is signed by itself.",
  SELF_SIGNED_CERT_IN_CHAIN: "cannot be trusted: its certificate is signed by itself.",
  CERT_HAS_EXPIRED: "cannot be trusted: its certificate has expired.",
  ERR_TLS_CERT_ALTNAME_INVALID: "cannot be trusted: its certificate is for another host.",
  LiteralTooLarge: "sent more at once than is taken.",
  ResponseTooLarge: "sent more at once than is taken.",
  LineTooLarge: "sent more at once than is taken.",
};

const factsOf = (error: unknown): { code: string; isRefused: boolean; isFolderMissing: boolean; isTls: boolean } => {
  if (!(error instanceof Error)) return { code: "", isRefused: false, isFolderMissing: false, isTls: false };
  return {
    code: "code" in error ? String(error.code) : "",
    isRefused: "authenticationFailed" in error && error.authenticationFailed === true,
    isFolderMissing: "mailboxMissing" in error && error.mailboxMissing === true,
    isTls: "tlsFailed" in error && error.tlsFailed === true,
  };
};
