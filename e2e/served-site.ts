import { createServer, type RequestListener } from "node:http";

/** Another website than ours, at an address of its own on this machine. */
export const serveSite = async (answer: RequestListener): Promise<{ address: string; close: () => void }> => {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  return { address: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`, close: () => void server.close() };
};
