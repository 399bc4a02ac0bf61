import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { page } from "../http/http.api.ts";
import { USER, makeImapServer } from "./imap-server.make.ts";
import type { TestImapServer } from "./imap-server.make.ts";
import { defineMailReader, readMailsWith } from "./mail-readers.ts";
import { Mailbox, MailboxTestResult, QuarantinedMail, RetriedMail } from "./mailbox.contract.ts";
import { pollDueMailboxes } from "./polling.ts";

let server: TestImapServer;
let installation: Installation;
let organisation: Organisation;
let stranger: Client;
const clock = { at: Date.parse("2027-03-01T12:00:00Z") };
// What the reader of these tests took, and what it stumbles over.
const taken: string[] = [];
const stumbles = new Set<string>();
let dies = async (): Promise<void> => undefined;

const reader = defineMailReader({
  name: "tests.take", of: "machines",
  read: async ({ tx, workspaceId, raw }) => {
    const subject = /^Subject: (.*?)\r?$/m.exec(raw.toString("latin1"))?.[1] ?? "";
    if (subject.startsWith("not mine")) return "not mine";
    if (stumbles.has(subject)) throw new Error(`"${subject}" cannot be understood.`);
    await tx.query("insert into platform.audit_entries (id, workspace_id, actor_kind, action, subject, details) values (gen_random_uuid(), $1, 'member', 'test.taken', $2, '{}')", [workspaceId, subject]);
    taken.push(subject);
    await dies();
    return "taken";
  },
});

beforeAll(async () => {
  installation = await makeInstallation({ clock: { now: () => new Date(clock.at) }, environment: { OUTSIDE_HOSTS_ALLOWED: "127.0.0.1", RATE_LIMIT_FACTOR: "50" } });
  readMailsWith([reader]);
  stranger = (await installation.makeOrganisation()).owner;
});
afterAll(() => installation.stop());
beforeEach(async () => {
  server = await makeImapServer();
  organisation = await installation.makeOrganisation();
  taken.splice(0);
  stumbles.clear();
  dies = async () => undefined;
  return () => server.stop();
});

const place = () => ({ host: "127.0.0.1", port: server.port, encryption: "none", username: USER, folder: "INBOX" });
const add = async (given: Record<string, unknown> = {}): Promise<Mailbox> => {
  const reply = await organisation.admin.ask("POST", "/api/mailboxes", { ...place(), password: server.password, readsOld: true, ...given });
  expect({ status: reply.status, text: reply.text }).toMatchObject({ status: 201 });
  return Mailbox.parse(reply.body);
};
const poll = async ({ id }: { id: string }): Promise<Mailbox> => Mailbox.parse((await organisation.admin.ask("POST", `/api/mailboxes/${id}/polls`)).body);
const mail = (subject: string, body = "Irrelevant."): string => [`From: Somebody <somebody@mail.example>`, `Subject: ${subject}`, `Message-ID: <${crypto.randomUUID()}@mail.example>`, "", body, ""].join("\r\n");
const quarantine = async (): Promise<QuarantinedMail[]> => page(QuarantinedMail).parse((await organisation.admin.ask("GET", "/api/quarantined-mails")).body).items;
/** What was really kept of what readers wrote: a reader that was undone left nothing. */
const kept = async (): Promise<string[]> =>
  (await installation.services.db.query<{ subject: string }>("select subject from platform.audit_entries where workspace_id = $1 and action = 'test.taken' order by subject", [organisation.workspaceId])).rows.map(({ subject }) => subject);

describe("a mailbox", () => {
  test("is read from its last mail on, each mail once, and nothing is changed there", async () => {
    server.deliver(mail("one"));
    server.deliver(mail("not mine"));
    const mailbox = await add();

    expect(await poll(mailbox)).toMatchObject({ state: "working", taken: 1, left: 1, quarantined: 0, lastError: null });
    server.deliver(mail("two"), 70_000);
    expect(await poll(mailbox)).toMatchObject({ taken: 2, left: 1 });
    expect(await poll(mailbox)).toMatchObject({ taken: 2, left: 1 });

    expect(await kept()).toEqual(["one", "two"]);
    expect(server.heard.filter((command) => /^(SELECT|STORE|UID STORE|EXPUNGE)/.test(command))).toEqual([]);
  });

  test("is read from now on when the mails that are there are not wanted", async () => {
    server.deliver(mail("old"));
    const mailbox = await add({ readsOld: false });
    await poll(mailbox);
    server.deliver(mail("new"));

    expect(await poll(mailbox)).toMatchObject({ taken: 1 });

    expect(await kept()).toEqual(["new"]);
  });

  test("whose folder is made anew is read anew, and no mail is taken twice", async () => {
    server.deliver(mail("one"));
    server.deliver(mail("two"));
    const mailbox = await add();
    await poll(mailbox);
    const folder = server.folders.get("INBOX");
    if (folder === undefined) throw new Error("There is no inbox.");
    folder.uidValidity = 2000;
    server.deliver(mail("three"));
    folder.mails = folder.mails.toReversed().map(({ raw }, number) => ({ uid: number + 1, raw }));

    expect(await poll(mailbox)).toMatchObject({ taken: 3, left: 0, state: "working" });

    expect(taken.toSorted()).toEqual(["one", "three", "two"]);
  });

  test("goes on after a mail that cannot be read; that one is kept, tried again, or given up", async () => {
    stumbles.add("broken").add("hopeless");
    for (const subject of ["broken", "hopeless", "good"]) server.deliver(mail(subject));
    const mailbox = await add();

    expect(await poll(mailbox)).toMatchObject({ taken: 1, quarantined: 2, state: "working" });
    const broken = (await quarantine()).find(({ subject }) => subject === "broken");
    const hopeless = (await quarantine()).find(({ subject }) => subject === "hopeless");
    expect(broken).toMatchObject({ mailbox: USER, sender: "somebody@mail.example", reason: '"broken" cannot be understood.', tries: 1, canRetry: true });

    const retry = async () => RetriedMail.parse((await organisation.admin.ask("POST", `/api/quarantined-mails/${broken?.id}/retries`)).body);
    expect(await retry()).toMatchObject({ outcome: "failed" });
    expect((await quarantine()).find(({ subject }) => subject === "broken")?.tries).toBe(2);
    stumbles.clear();
    expect(await retry()).toEqual({ outcome: "taken", reason: null });
    expect((await organisation.admin.ask("DELETE", `/api/quarantined-mails/${hopeless?.id}`)).status).toBe(204);

    expect(await quarantine()).toEqual([]);
    expect(await kept()).toEqual(["broken", "good"]);
    expect(await poll(mailbox)).toMatchObject({ taken: 2, left: 1, quarantined: 0 });
    expect((await organisation.admin.ask("POST", `/api/quarantined-mails/${broken?.id}/retries`)).status).toBe(404);
  });

  test("puts a mail of more than 10 MB aside without fetching it", async () => {
    server.deliver(mail("large", "x".repeat(10_100_000)));
    server.deliver(mail("small"));

    expect(await poll(await add())).toMatchObject({ taken: 1, quarantined: 1 });

    const [large] = await quarantine();
    expect(large).toMatchObject({ subject: "large", canRetry: false, reason: expect.stringContaining("at most 10 MB") });
    expect(server.heard.filter((command) => command.startsWith("UID FETCH") && command.includes("BODY.PEEK[]"))).toHaveLength(1);
    expect(await organisation.admin.ask("POST", `/api/quarantined-mails/${large?.id}/retries`)).toMatchObject({ status: 409, body: { error: { code: "mail_not_kept" } } });
  });
});

describe("a mail is taken exactly once", () => {
  test("when the process dies between reading and saving", async () => {
    server.deliver(mail("one"));
    const mailbox = await add();
    // The line to the database breaks while the mail is being taken: nothing of it is committed.
    dies = async () => {
      await installation.services.db.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'");
    };
    await pollDueMailboxes(installation.services);
    expect([taken, await kept(), await quarantine()]).toEqual([["one"], [], []]);
    dies = async () => undefined;

    expect(await poll(mailbox)).toMatchObject({ taken: 1 });

    expect([taken, await kept()]).toEqual([["one", "one"], ["one"]]);
  });

  test("when two polls read the same mailbox, and when the line breaks off in the middle of a mail", async () => {
    for (const subject of ["a", "b", "c", "d"]) server.deliver(mail(subject));
    const mailbox = await add();
    server.mood = "cuts";
    expect(await poll(mailbox)).toMatchObject({ state: "failing", taken: 0, lastError: expect.stringContaining("broke the connection off") });
    server.mood = "well";

    await Promise.all([poll(mailbox), poll(mailbox), poll(mailbox)]);
    expect(await poll(mailbox)).toMatchObject({ taken: 4, failures: 0 });

    expect(await kept()).toEqual(["a", "b", "c", "d"]);
  });

  test("and not at all once the mailbox is removed in the middle", async () => {
    for (const subject of ["a", "b"]) server.deliver(mail(subject));
    const mailbox = await add();
    server.beforeMail = async (uid) => {
      if (uid === 2) expect((await organisation.admin.ask("DELETE", `/api/mailboxes/${mailbox.id}`)).status).toBe(204);
    };

    expect((await organisation.admin.ask("POST", `/api/mailboxes/${mailbox.id}/polls`)).status).toBe(404);

    expect(await kept()).toEqual(["a"]);
  });
});

describe("the clock", () => {
  test("reads every mailbox that is due; a dead one delays nobody, and waits longer each time", async () => {
    server.deliver(mail("one"));
    const silent = await makeImapServer();
    silent.mood = "silent";
    const dead = await add({ port: silent.port, username: "dead@example.com", password: "x" });
    const alive = await add();
    const paused = await add({ folder: "Paused", isActive: false });

    const polling = pollDueMailboxes(installation.services);
    await vi.waitFor(async () => expect(await kept()).toEqual(["one"]), { timeout: 10_000 });
    await silent.stop();
    await polling;

    const all = z.object({ items: z.array(Mailbox) }).parse((await organisation.admin.ask("GET", "/api/mailboxes")).body).items;
    expect(all.find(({ id }) => id === alive.id)).toMatchObject({ state: "working", nextPollAt: new Date(clock.at + 55_000).toISOString() });
    expect(all.find(({ id }) => id === dead.id)).toMatchObject({ state: "failing", failures: 1 });
    expect(all.find(({ id }) => id === paused.id)).toMatchObject({ state: "paused", nextPollAt: null, lastPolledAt: null });
    await poll(dead);
    await poll(dead);
    expect(await poll(dead)).toMatchObject({ failures: 4, nextPollAt: new Date(clock.at + 8 * 60_000 - 5_000).toISOString() });
  });
});

describe("setting up", () => {
  const tryOut = async (given: Record<string, unknown>): Promise<MailboxTestResult> => MailboxTestResult.parse((await organisation.admin.ask("POST", "/api/mailbox-tests", { ...place(), password: server.password, ...given })).body);

  test("is tried out first, which reads nothing and says what is wrong", async () => {
    server.deliver(mail("one"));
    server.folders.set("Returned/2027", { uidValidity: 1, mails: [] });

    expect(await tryOut({})).toEqual({ isConnected: true, message: null, mails: 1, folders: ["INBOX", "Returned/2027"] });
    expect(await tryOut({ folder: "Returned/2027" })).toMatchObject({ isConnected: true, mails: 0 });
    expect(await tryOut({ folder: "Nowhere" })).toMatchObject({ isConnected: false, message: expect.stringContaining('no folder "Nowhere"'), folders: ["INBOX", "Returned/2027"] });
    expect(await tryOut({ password: "wrong-password" })).toMatchObject({ isConnected: false, message: expect.stringContaining("refuses user name or password") });
    expect(await tryOut({ port: 1 })).toMatchObject({ isConnected: false, message: expect.stringContaining("connection was refused") });
    expect(await kept()).toEqual([]);
  });

  test.each([
    ["localhost", "starttls"], ["10.0.0.1", "tls"], ["169.254.169.254", "tls"], ["::1", "tls"], ["0x7f000001", "tls"],
  ])("refuses the inner address %s", async (host, encryption) => {
    expect(await tryOut({ host, encryption })).toMatchObject({ isConnected: false, message: expect.stringContaining("private network") });
    expect(server.heard).toEqual([]);
  });

  test("sends no password unencrypted, nor to whom it was not given for", async () => {
    expect(await tryOut({ host: "imap.example.com" })).toMatchObject({ isConnected: false, message: expect.stringContaining("unencrypted") });
    expect(await tryOut({ encryption: "starttls" })).toMatchObject({ isConnected: false, message: expect.stringContaining("encryption") });
    expect(await tryOut({ encryption: "tls" })).toMatchObject({ isConnected: false });
    expect(server.heard.filter((command) => command === "LOGIN")).toEqual([]);
    const { id } = await add();
    const change = (given: Record<string, unknown>) => organisation.admin.ask("PATCH", `/api/mailboxes/${id}`, given);
    expect(await change({ port: 1 })).toMatchObject({ status: 400, body: { error: { code: "mailbox_password_missing" } } });
    expect(await organisation.admin.ask("POST", "/api/mailbox-tests", { ...place(), port: 1, mailboxId: id })).toMatchObject({ status: 400, body: { error: { code: "mailbox_password_missing" } } });
    expect(await organisation.admin.ask("POST", "/api/mailbox-tests", { ...place(), mailboxId: id })).toMatchObject({ status: 200, body: { isConnected: true } });
    expect(await change({ folder: "Other", everyMinutes: 15 })).toMatchObject({ status: 200, body: { folder: "Other", everyMinutes: 15 } });
  });

  test("trusts no certificate that nobody vouches for", async () => {
    // Any server with a certificate of its own making will do: the handshake ends before a word of IMAP.
    const impostor = new SMTPServer({ secure: true, logger: false });
    impostor.on("error", () => undefined);
    await new Promise<void>((resolve) => { impostor.listen(0, "127.0.0.1", resolve); });
    const address = impostor.server.address();

    const result = await tryOut({ port: typeof address === "object" ? (address?.port ?? 0) : 0, encryption: "tls" });
    await new Promise<void>((resolve) => { impostor.close(resolve); });

    expect(result).toMatchObject({ isConnected: false, message: expect.stringContaining("cannot be trusted") });
  });

  test("tells a wrong password on the screen, keeps it sealed and shows it nobody", async () => {
    const mailbox = await add({ password: "wrong-password" });

    expect(await poll(mailbox)).toMatchObject({ state: "failing", failures: 1, lastError: expect.stringContaining("refuses user name or password") });

    const { rows } = await installation.services.db.query("select * from platform.mailboxes where workspace_id = $1", [organisation.workspaceId]);
    const shown = [(await organisation.admin.ask("GET", "/api/mailboxes")).text, (await organisation.owner.ask("GET", "/api/audit")).text, JSON.stringify(rows)].join();
    expect(shown).toContain("mailbox.created");
    expect(shown).not.toContain("wrong-password");
    expect(await organisation.admin.ask("PATCH", `/api/mailboxes/${mailbox.id}`, { password: server.password })).toMatchObject({ body: { state: "waiting", lastError: null } });
    expect(await poll(mailbox)).toMatchObject({ state: "working" });
  });

  test("whose kept password no key opens asks for it again", async () => {
    const mailbox = await add();
    await installation.services.db.query(`update platform.mailboxes set secrets = '{"password": {"sealed": "v1.gone.AAAA"}}' where id = $1`, [mailbox.id]);

    expect(await poll(mailbox)).toMatchObject({ state: "failing", hasPassword: false, lastError: expect.stringContaining("Enter it again") });
    expect(await organisation.admin.ask("PATCH", `/api/mailboxes/${mailbox.id}`, { everyMinutes: 5 })).toMatchObject({ status: 400 });
  });

  test("is for admins, each folder once, and nothing of it for another workspace", async () => {
    stumbles.add("broken");
    server.deliver(mail("broken"));
    const mailbox = await add();
    await poll(mailbox);
    const [broken] = await quarantine();

    expect((await organisation.manager.ask("GET", "/api/mailboxes")).status).toBe(403);
    expect(await organisation.admin.ask("POST", "/api/mailboxes", { ...place(), password: "x" })).toMatchObject({ status: 409, body: { error: { code: "mailbox_already_read" } } });
    expect((await stranger.ask("GET", "/api/mailboxes")).body).toEqual({ items: [] });
    expect((await stranger.ask("GET", "/api/quarantined-mails")).body).toEqual({ items: [], nextCursor: null });
    for (const [method, url] of [["DELETE", `/api/mailboxes/${mailbox.id}`], ["POST", `/api/mailboxes/${mailbox.id}/polls`], ["POST", `/api/quarantined-mails/${broken?.id}/retries`], ["DELETE", `/api/quarantined-mails/${broken?.id}`]] as const) {
      expect((await stranger.ask(method, url)).status, url).toBe(404);
    }
    expect((await stranger.ask("POST", "/api/mailbox-tests", { ...place(), mailboxId: mailbox.id })).status).toBe(404);
    expect((await organisation.admin.ask("DELETE", `/api/mailboxes/${mailbox.id}`)).status).toBe(204);
    expect(await quarantine()).toEqual([]);
  });
});
