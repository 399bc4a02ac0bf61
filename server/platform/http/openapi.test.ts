import { expect, test } from "vitest";
import { z } from "zod";
import { defineModule } from "../manifest/manifest.api.ts";
import { defineRoute } from "./http.api.ts";
import { describeApi } from "./openapi.ts";

const note = z.object({ text: z.string().default("") }).meta({ id: "Note" });
const route = defineRoute({
  method: "POST",
  url: "/api/notes",
  tag: "notes",
  summary: "Irrelevant",
  access: { public: "irrelevant" },
  body: z.object({ notes: z.array(note), other: note.nullable() }),
  reply: z.object({ first: note.describe("of them"), last: note }),
  answer: async () => ({ first: { text: "" }, last: { text: "" } }),
});

test("a shape with a name stands once as it is asked and once as it is answered, and is pointed at", () => {
  const described = JSON.parse(JSON.stringify(describeApi([defineModule({ name: "notes", routes: [route] })], "1")));

  const { requestBody, responses } = described.paths["/api/notes"].post;
  expect(requestBody.content["application/json"].schema.properties).toEqual({ notes: { type: "array", items: { $ref: "#/components/schemas/NoteInput" } }, other: { anyOf: [{ $ref: "#/components/schemas/NoteInput" }, { type: "null" }] } });
  expect(responses[200].content["application/json"].schema.properties).toEqual({ first: { description: "of them", $ref: "#/components/schemas/Note" }, last: { $ref: "#/components/schemas/Note" } });
  expect(described.components.schemas.Note).toMatchObject({ type: "object", required: ["text"] });
  // What has a value of its own may be left out of what is asked.
  expect(described.components.schemas.NoteInput.required).toBeUndefined();
  expect(JSON.stringify(described)).not.toContain("$defs");
});
