import { accessSync, chmodSync, chownSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { makeDefinition } from "../server/feedback/feedback.make.ts";
import { SurveyResponse } from "../server/feedback/responses/responses.contract.ts";
import { Survey } from "../server/feedback/surveys/surveys.contract.ts";
import type { StartCommand } from "./start-command.ts";
import { runStart } from "./start-command.ts";
import { openWatchedPage } from "./watched-page.ts";

const folder = mkdtempSync(join(tmpdir(), "firsthand start "));
chmodSync(folder, 0o755);
const commands: StartCommand[] = [];
const browsers: (() => Promise<void>)[] = [];
const owner = { name: "Owner", email: "owner@example.com", password: "a long enough password" };

const start = (given: Parameters<typeof runStart>[0]): StartCommand => {
  const command = runStart(given);
  commands.push(command);
  return command;
};

const findPort = (): Promise<number> =>
  new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address !== null ? address.port : 0));
    });
  });

const post = (port: number, path: string, body: unknown): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

const setUp = async (command: StartCommand, port: number): Promise<void> => {
  const [, token = ""] = await command.says(/\/setup\?token=(\S+)/);
  const reply = await post(port, "/api/setup", { token, workspaceName: "Shop", timeZone: "UTC", ...owner });
  expect(reply.ok, await reply.text()).toBe(true);
};

const signIn = async (port: number): Promise<number> => (await post(port, "/api/session", { email: owner.email, password: owner.password })).status;

/** Somebody in a browser who answers the first of three questions while the server is there, and the others as told. */
const beginToAnswer = async (port: number) => {
  const { page, close } = await openWatchedPage();
  browsers.push(close);
  const address = `http://127.0.0.1:${port}`;
  await page.request.post(`${address}/api/session`, { data: { email: owner.email, password: owner.password }, failOnStatusCode: true });
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await (await page.request.get(`${address}/api/session`)).json());
  const make = async (path: string, data: object) => Survey.parse(await (await page.request.post(`${address}${path}`, { data, headers: { "x-csrf-token": csrfToken }, failOnStatusCode: true })).json());
  const texts = ["why", "what"].map((id) => ({ id, type: "text" as const, title: { en: `Question ${id}` }, isRequired: true }));
  const draft = await make("/api/surveys", { name: "Cut off", definition: makeDefinition({ questions: [{ id: "nps", type: "nps", title: { en: "Question nps" }, isRequired: true }, ...texts] }) });
  const survey = await make(`/api/surveys/${draft.id}/versions`, {});
  const write = async (text: string): Promise<void> => {
    await page.locator("textarea").fill(text);
    await page.locator("form .primary").click();
  };
  await page.goto(survey.url);
  await page.getByRole("radio").nth(9).check();
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByText("Question why").waitFor();
  return {
    goOn: async () => {
      await write("While nobody was there");
      await page.getByText("Your answers are kept here").waitFor();
    },
    end: async () => {
      await write("Then it was back");
      await page.getByText("Thank you!").waitFor();
      await page.waitForFunction(() => Object.values(localStorage).some((kept) => kept.includes("endingId")), undefined, { timeout: 30_000 });
    },
    listAnswers: async () => {
      const reply = await page.request.get(`${address}/api/responses?surveyId=${survey.id}`, { failOnStatusCode: true });
      return z.object({ items: z.array(SurveyResponse) }).parse(await reply.json()).items.map(({ state, answers }) => ({ state, answers: answers.map(({ words }) => words) }));
    },
  };
};

const readPid = (path: string): number => {
  const text = readFileSync(path, "utf8");
  return path.endsWith(".lock") ? Number(/"pid":(\d+)/.exec(text)?.[1]) : Number(text.split("\n")[0]);
};

const isAlive = (pid: number): boolean => {
  try {
    return !/^\S+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};

const until = async (isTrue: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 200 && !isTrue(); tries += 1) await wait(50);
};

// An ordinary user can only run a repository that others may read.
const isOpenToOthers = (path: string): boolean => (statSync(path).mode & 0o005) === 0o005 && (dirname(path) === path || isOpenToOthers(dirname(path)));
const canSwitchUser = process.getuid?.() === 0 && isOpenToOthers(dirname(import.meta.dirname));

afterEach(async () => {
  await Promise.all(browsers.splice(0).map((close) => close()));
  await Promise.all(commands.splice(0).map((command) => command.stop()));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the start command", () => {
  test("on a fresh folder with a space in its path serves the web app, prints a one-time link, and leaves nothing behind when stopped", async () => {
    const dataDir = join(folder, "fresh data");
    const port = await findPort();
    const command = start({ dataDir, port });

    await command.says(new RegExp(`Firsthand runs at http://127\\.0\\.0\\.1:${port}`));
    await setUp(command, port);
    const page = await fetch(`http://127.0.0.1:${port}/`);
    const ready = await fetch(`http://127.0.0.1:${port}/health/ready`);
    const postmaster = readPid(join(dataDir, "postgres", "postmaster.pid"));
    const code = await command.stop();

    expect(page.status).toBe(200);
    expect(await page.text()).toContain("<script");
    expect(ready.status).toBe(200);
    expect(code).toBe(0);
    expect(isAlive(postmaster)).toBe(false);
    expect(existsSync(join(dataDir, "firsthand.lock"))).toBe(false);
  });

  test("with its port taken says so and what to do, and leaves no database running", async () => {
    const dataDir = join(folder, "port taken");
    const blocker = createServer();
    const port = await new Promise<number>((done) => blocker.listen(0, "127.0.0.1", () => done(Number(Object(blocker.address()).port))));

    const command = start({ dataDir, port });
    const code = await command.ended;
    blocker.close();

    expect(code).toBe(1);
    expect(command.output()).toMatch(new RegExp(`taken.*${port}.*--port`, "s"));
    expect(existsSync(join(dataDir, "postgres", "postmaster.pid"))).toBe(false);
    expect(existsSync(join(dataDir, "firsthand.lock"))).toBe(false);
  });

  test("run twice at once on one folder refuses the second and does not disturb the first", async () => {
    const dataDir = join(folder, "twice");
    const port = await findPort();
    const first = start({ dataDir, port });
    await first.says(/runs at/);

    const second = start({ dataDir, port: await findPort() });
    const code = await second.ended;

    expect(code).toBe(1);
    expect(second.output()).toMatch(/already in use by Firsthand: process \d+.*--data/s);
    expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
  });

  test("recovers from kill -9 of the server, of the database, and of both, with everything that was there and everything a person was answering", async () => {
    const dataDir = join(folder, "killed");
    const port = await findPort();
    const postmasterFile = join(dataDir, "postgres", "postmaster.pid");
    const first = start({ dataDir, port });
    await setUp(first, port);
    const answering = await beginToAnswer(port);

    process.kill(readPid(join(dataDir, "firsthand.lock")), "SIGKILL");
    expect(await first.ended).not.toBe(0);
    expect(first.output()).toContain("Start it again");
    await answering.goOn();
    const survivor = readPid(postmasterFile);
    expect(isAlive(survivor)).toBe(true);
    const second = start({ dataDir, port });
    await second.says(/runs at/);
    expect(readPid(postmasterFile)).toBe(survivor);
    expect(await signIn(port)).toBeLessThan(300);
    await answering.end();

    process.kill(survivor, "SIGKILL");
    await until(() => !isAlive(survivor) && existsSync(postmasterFile) && readPid(postmasterFile) !== survivor);
    // A moment of "unavailable" is right while the database comes back; staying so is not.
    await expect.poll(() => signIn(port), { timeout: 60_000, interval: 300 }).toBeLessThan(300);

    const server = readPid(join(dataDir, "firsthand.lock"));
    const postmaster = readPid(postmasterFile);
    process.kill(server, "SIGKILL");
    process.kill(postmaster, "SIGKILL");
    await second.ended;
    const third = start({ dataDir, port });
    await third.says(/runs at/);
    expect(await signIn(port)).toBeLessThan(300);
    expect(third.output()).not.toContain("/setup?token=");
    expect(await answering.listAnswers()).toEqual([{ state: "complete", answers: ["9", "While nobody was there", "Then it was back"] }]);
  });

  test.runIf(canSwitchUser)("works for an ordinary user", async () => {
    const home = join(folder, "home of an ordinary user");
    mkdirSync(home);
    // "daemon", user 1, is in /etc/passwd of every Unix.
    chownSync(home, 1, 1);
    const port = await findPort();
    const command = start({ dataDir: join(home, "data"), port, user: 1, home });

    await command.says(/runs at/);

    expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
    expect(statSync(join(home, "data", "postgres")).uid).toBe(1);
  });

  test("on a folder that cannot be written says so and what to do", async () => {
    accessSync("/proc/version", constants.R_OK);
    const command = start({ dataDir: "/proc/version/data", port: await findPort() });

    expect(await command.ended).toBe(1);
    expect(command.output()).toMatch(/data folder "\/proc\/version\/data" cannot be used.*--data/s);
  });
});
