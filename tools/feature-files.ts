// What a new feature starts with: one list, one way to add to it, a test of both, and a screen. Everything compiles and works.
import type { FeatureNames } from "./feature-names.ts";

/** The files of both twin folders.
 *  @param stamp of the migration, yyyymmdd_hhmm
 *  @returns text by path from the root */
export const writeFeatureFiles = (names: FeatureNames, stamp: string): Record<string, string> => {
  const server = `server/${names.module}/${names.feature}`;
  const web = `web/${names.module}/${names.feature}`;
  return {
    [`${server}/${names.feature}.contract.ts`]: contract(names),
    [`${server}/${names.feature}.routes.ts`]: routes(names),
    [`${server}/${names.feature}.ts`]: verbs(names),
    [`${server}/${names.feature}.queries.ts`]: queries(names),
    [`${server}/${names.feature}.test.ts`]: test(names),
    [`${server}/migrations/${stamp}_create_${names.table}.sql`]: migration(names),
    [`${web}/${names.One}ListScreen.tsx`]: screen(names),
    [`${web}/${names.feature}.data.ts`]: data(names),
    [`${web}/${names.feature}.texts.ts`]: texts(names),
  };
};

const contract = ({ one, One }: FeatureNames): string => `import { z } from "zod";

export const ${one}Item = z.object({ id: z.uuid(), name: z.string(), createdAt: z.iso.datetime() });
export type ${One}Item = z.infer<typeof ${one}Item>;

export const new${One} = z.object({ name: z.string().trim().min(1).max(200) });
export type New${One} = z.infer<typeof new${One}>;
`;

const routes = ({ module, feature, many, Many, one, One, oneInWords }: FeatureNames): string => `import { z } from "zod";
import { defineAbilities } from "#platform/access";
import { nextCursor, readCursor } from "#platform/db";
import { defineRoute, httpErrors, page, pageQuery } from "#platform/http";
import { new${One}, ${one}Item } from "./${feature}.contract.ts";
import { list${Many} } from "./${feature}.queries.ts";
import { create${One} } from "./${feature}.ts";

export const ${many}Abilities = defineAbilities("${many}", {
  "${many}.read": { meaning: "See ${feature.replaceAll("-", " ")}", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "${many}.change": { meaning: "Make and change ${feature.replaceAll("-", " ")}", roles: ["owner", "admin", "manager"] },
});

export const ${many}Routes = [
  defineRoute({
    method: "GET",
    url: "/api/${feature}",
    summary: "All ${feature.replaceAll("-", " ")}, newest first",
    tag: "${module}",
    access: { ability: "${many}.read" },
    query: z.object(pageQuery),
    reply: page(${one}Item),
    answer: async ({ actor, services, query }) => {
      const rows = await list${Many}(services.db, actor.workspaceId, { before: readPosition(query.cursor), limit: query.limit });
      const last = rows.length === query.limit ? rows.at(-1) : undefined;
      return {
        items: rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
        nextCursor: last === undefined ? null : nextCursor([last.id]),
      };
    },
  }),
  defineRoute({
    method: "POST",
    url: "/api/${feature}",
    summary: "Make a ${oneInWords}",
    tag: "${module}",
    access: { ability: "${many}.change" },
    body: new${One},
    reply: ${one}Item,
    status: 201,
    answer: ({ actor, services, body }) => create${One}(services, actor, body),
  }),
];

// Ids are made in order of time, so the id of the last row is the whole sort key.
const readPosition = (cursor: string | undefined): string | null => {
  if (cursor === undefined) return null;
  const parsed = z.tuple([z.uuid()]).safeParse(readCursor(cursor, 1));
  if (!parsed.success) throw httpErrors.refuse("invalid_input", "The cursor is not one of ours. Leave it out to start from the first page.");
  return parsed.data[0];
};
`;

const verbs = ({ feature, one, One, oneInWords }: FeatureNames): string => `import type { Actor } from "#platform/access";
import { newId, transaction } from "#platform/db";
import { publish } from "#platform/events";
import type { Services } from "#platform/services";
import type { New${One}, ${One}Item } from "./${feature}.contract.ts";
import { insert${One} } from "./${feature}.queries.ts";

/** Makes a ${oneInWords} in the actor's workspace and says so. */
export const create${One} = async (services: Services, actor: Actor, given: New${One}): Promise<${One}Item> => {
  const ${one} = { id: newId(), workspaceId: actor.workspaceId, name: given.name, createdAt: services.clock.now() };
  await transaction(services.db, async (tx) => {
    await insert${One}(tx, ${one});
    await publish(tx, { name: "${one}.created", workspaceId: actor.workspaceId, payload: { ${one}Id: ${one}.id } });
  });
  return { id: ${one}.id, name: ${one}.name, createdAt: ${one}.createdAt.toISOString() };
};
`;

const queries = ({ module, Many, one, One, table }: FeatureNames): string => `import type { Queryable } from "#platform/db";

export type ${One}Row = { id: string; name: string; createdAt: Date };

export const insert${One} = async (tx: Queryable, ${one}: ${One}Row & { workspaceId: string }): Promise<void> => {
  await tx.query("insert into ${module}.${table} (id, workspace_id, name, created_at) values ($1, $2, $3, $4)", [
    ${one}.id,
    ${one}.workspaceId,
    ${one}.name,
    ${one}.createdAt,
  ]);
};

export const list${Many} = async (db: Queryable, workspaceId: string, page: { before: string | null; limit: number }): Promise<${One}Row[]> => {
  const { rows } = await db.query<${One}Row>(
    \`select id, name, created_at as "createdAt"
     from ${module}.${table}
     where workspace_id = $1 and ($2::uuid is null or id < $2::uuid)
     order by id desc
     limit $3\`,
    [workspaceId, page.before, page.limit],
  );
  return rows;
};
`;

const test = ({ feature, many, oneInWords }: FeatureNames): string => `import { afterAll, beforeAll, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";

let firsthand: Installation;
let organisation: Organisation;
let stranger: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation();
  organisation = await firsthand.makeOrganisation();
  stranger = await firsthand.makeOrganisation();
});
afterAll(() => firsthand.stop());

test("a ${oneInWords} made by a manager shows in the list, and a stranger does not see it", async () => {
  const made = await organisation.manager.ask("POST", "/api/${feature}", { name: "First" });

  expect(made.status).toBe(201);
  expect((await organisation.viewer.ask("GET", "/api/${feature}")).body).toEqual({ items: [made.body], nextCursor: null });
  expect((await stranger.owner.ask("GET", "/api/${feature}")).body).toEqual({ items: [], nextCursor: null });
});

test("a viewer cannot make a ${oneInWords}, nor can a name be empty", async () => {
  const refused = await organisation.viewer.ask("POST", "/api/${feature}", { name: "irrelevant" });
  const empty = await organisation.manager.ask("POST", "/api/${feature}", { name: " " });

  expect(refused).toMatchObject({ status: 403, body: { error: { code: "not_allowed", details: { ability: "${many}.change" } } } });
  expect(empty).toMatchObject({ status: 400, body: { error: { code: "invalid_input" } } });
});
`;

const migration = ({ module, table }: FeatureNames): string => `create schema if not exists ${module};

create table ${module}.${table} (
  id uuid primary key,
  workspace_id uuid not null references platform.workspaces (id) on delete cascade,
  name text not null,
  created_at timestamptz not null
);

create index ${table}_workspace_id_id_index on ${module}.${table} (workspace_id, id);
`;

const screen = ({ feature, many, Many, One, title }: FeatureNames): string => `import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Time } from "../../ui/Time.tsx";
import type { Column } from "../../ui/table.ts";
import { useTexts } from "../../ui/texts.ts";
import { type ${One}Item, use${Many} } from "./${feature}.data.ts";
import { ${many}Texts } from "./${feature}.texts.ts";

/** ${title}, newest first. */
export const ${One}ListScreen = () => {
  const t = useTexts(${many}Texts);
  const list = use${Many}();
  const columns: Column<${One}Item>[] = [
    { key: "name", label: t("name"), isFixed: true, render: (row) => row.name },
    { key: "createdAt", label: t("createdAt"), width: 170, render: (row) => <Time at={row.createdAt} kind="absolute" /> },
  ];
  return (
    <>
      <PageHeader title={t("title")} />
      <DataTable
        name="${feature}"
        label={t("title")}
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(row) => row.id}
        isLoading={list.isPending}
        isLoadingMore={list.isFetchingNextPage}
        onEnd={() => list.hasNextPage && !list.isFetchingNextPage && void list.fetchNextPage()}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<EmptyState title={t("none")} body={t("noneBody")} />}
      />
    </>
  );
};
`;

const data = ({ module, feature, Many, One }: FeatureNames): string => `import type { ${One}Item } from "@firsthand/server/${module}/${feature}/${feature}.contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";

export type { ${One}Item };
type ${One}Page = { items: ${One}Item[]; nextCursor: string | null };

export const use${Many} = () =>
  useInfiniteQuery({
    queryKey: ["${feature}"],
    queryFn: ({ pageParam, signal }) => api.get<${One}Page>("/api/${feature}", { query: { cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
`;

const texts = ({ many, title, oneInWords }: FeatureNames): string => `import { defineTexts } from "../../ui/texts.ts";

export const ${many}Texts = defineTexts("${many}", {
  title: "${title}",
  name: "Name",
  createdAt: "Made",
  none: "No ${title.toLowerCase()} yet",
  noneBody: "Say here what a ${oneInWords} is for and how to make the first one.",
});
`;
