import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { transaction } from "#platform/db";
import { enqueue } from "#platform/jobs";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { sendMail } from "./mail.ts";
import { listMailStates } from "./mail.queries.ts";
import type { NewMail } from "./mail.ts";
import { makeMailServer, verifyDkim } from "./smtp.make.ts";
import type { TestMailServer } from "./smtp.make.ts";

let server: TestMailServer;
let installation: Installation;
let organisation: Organisation;
const keys = generateKeyPairSync("rsa", { modulusLength: 2048, publicKeyEncoding: { type: "spki", format: "pem" }, privateKeyEncoding: { type: "pkcs8", format: "pem" } });

beforeAll(async () => {
  server = await makeMailServer();
  const keyFile = join(mkdtempSync(join(tmpdir(), "firsthand-dkim-")), "key.pem");
  writeFileSync(keyFile, keys.privateKey);
  installation = await makeInstallation({
    environment: { SMTP_URL: server.url, MAIL_FROM: "Firsthand <hello@example.com>", DKIM_DOMAIN: "example.com", DKIM_SELECTOR: "one", DKIM_KEY_FILE: keyFile },
  });
  organisation = await installation.makeOrganisation();
});
afterAll(async () => {
  await installation.stop();
  await server.stop();
});

const send = (mail: Partial<NewMail> & { to: string }): Promise<string | null> =>
  transaction(installation.services.db, (tx) => sendMail(tx, { workspaceId: organisation.workspaceId, subject: "Irrelevant", text: "Irrelevant.", ...mail }));
const arrived = (to: string, count = 1) => vi.waitFor(() => {
  const found = server.received.filter((mail) => mail.to.includes(to));
  expect(found).toHaveLength(count);
  return found[0] ?? { from: "", to: [], raw: "", at: new Date() };
}, { timeout: 20_000, interval: 50 });
const stateOf = async (id: string | null) => (await listMailStates(installation.services.db, id === null ? [] : [id]))[0];

describe("a mail", () => {
  test("arrives with sender, reply address, return path and further headers, signed", async () => {
    await send({
      to: "ada@example.com", subject: "Grüße & mehr", text: "Plain.", html: "<p>Rich.</p>", fromName: "Corner Shop", replyTo: "shop@example.com",
      returnPath: "bounce+7@example.com", messageId: "<7@example.com>",
      headers: { "List-Unsubscribe": "<https://example.com/u>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
    });

    const { from, raw } = await arrived("ada@example.com");
    const read = await PostalMime.parse(raw);

    expect(from).toBe("bounce+7@example.com");
    expect(read).toMatchObject({
      from: { name: "Corner Shop", address: "hello@example.com" }, replyTo: [{ address: "shop@example.com" }], subject: "Grüße & mehr", messageId: "<7@example.com>",
      text: expect.stringContaining("Plain."), html: expect.stringContaining("Rich."),
    });
    expect(verifyDkim(raw, keys.publicKey)).toEqual(expect.arrayContaining(["from", "subject", "list-unsubscribe", "list-unsubscribe-post"]));
    expect(verifyDkim(raw.replace("Plain.", "Changed."), keys.publicKey)).toBeNull();
  });

  test("with the same key is sent once, however often and from however many places it is asked for", async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => send({ to: "bob@example.com", key: "the same" })));
    await arrived("bob@example.com");

    expect(ids.filter((id) => id !== null)).toHaveLength(1);
    await vi.waitFor(async () => expect((await stateOf(ids.find((id) => id !== null) ?? null))?.sentAt).toBeInstanceOf(Date));
  });

  test("that the mail server refuses for ever is not tried again", async () => {
    server.refuse("gone@example.com", 550);
    const id = await send({ to: "gone@example.com" });

    await vi.waitFor(async () => expect(await stateOf(id)).toMatchObject({ sentAt: null, refusal: expect.stringContaining("550") }), { timeout: 10_000 });
  });

  test("that the mail server refuses for now waits", async () => {
    server.refuse("busy@example.com", 451);
    const id = await send({ to: "busy@example.com" });

    await vi.waitFor(async () => {
      const { rows } = await installation.services.db.query<{ lastError: string | null }>(
        "select last_error as \"lastError\" from graphile_worker._private_jobs where payload ->> 'mailId' = $1", [id]);
      expect(rows[0]?.lastError).toContain("451");
    }, { timeout: 10_000 });
    expect(await stateOf(id)).toMatchObject({ sentAt: null, refusedAt: null });
  });

  test("cannot be made to carry further headers by its subject or names", async () => {
    await send({ to: "carol@example.com", subject: "Hello\r\nBcc: everybody@example.com", fromName: "Shop\r\nX-Evil: 1" });

    const { raw, to } = await arrived("carol@example.com");

    expect(to).toEqual(["carol@example.com"]);
    expect(raw).not.toMatch(/^(bcc|x-evil):/im);
  });

  test("whose server died before handing it over is sent by another", async () => {
    const { db } = installation.services;
    const id = await transaction(db, async (tx) => {
      const made = await sendMail(tx, { workspaceId: organisation.workspaceId, to: "dora@example.com", subject: "Irrelevant", text: "Irrelevant.", key: "dead before" });
      await tx.query("delete from graphile_worker._private_jobs where payload ->> 'mailId' = $1", [made]);
      await tx.query("update platform.mails set claim = gen_random_uuid(), claimed_at = now() - interval '1 hour', created_at = now() - interval '1 hour' where id = $1", [made]);
      return made;
    });

    await enqueue(db, "mail.sweep", {});

    await arrived("dora@example.com");
    await vi.waitFor(async () => expect((await stateOf(id))?.sentAt).toBeInstanceOf(Date));
  });

  test("whose server died while handing it over is not sent a second time", async () => {
    const { db } = installation.services;
    const id = await transaction(db, async (tx) => {
      const made = await sendMail(tx, { workspaceId: organisation.workspaceId, to: "eve@example.com", subject: "Irrelevant", text: "Irrelevant.", key: "dead within" });
      await tx.query("delete from graphile_worker._private_jobs where payload ->> 'mailId' = $1", [made]);
      await tx.query(
        "update platform.mails set claim = gen_random_uuid(), claimed_at = now() - interval '1 hour', handed_over_at = now() - interval '1 hour', created_at = now() - interval '1 hour' where id = $1",
        [made]);
      return made;
    });

    await enqueue(db, "mail.sweep", {});

    await vi.waitFor(async () => expect((await stateOf(id))?.sentAt).toBeInstanceOf(Date), { timeout: 10_000 });
    expect(server.received.some((mail) => mail.to.includes("eve@example.com"))).toBe(false);
  });
});
