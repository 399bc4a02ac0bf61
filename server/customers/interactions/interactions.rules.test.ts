import { describe, expect, test } from "vitest";
import { interactionId } from "./interactions.rules.ts";

const workspace = "0198c0de-0000-7000-8000-000000000001";
const otherWorkspace = "0198c0de-0000-7000-8000-000000000002";

describe("the id of an interaction", () => {
  test("is the same whenever the same message of the same workspace returns", () => {
    expect(interactionId(workspace, "order-1")).toBe(interactionId(workspace, "order-1"));
  });

  test("differs for another message and for another workspace", () => {
    const ids = [interactionId(workspace, "order-1"), interactionId(workspace, "order-2"), interactionId(otherWorkspace, "order-1")];
    expect(new Set(ids).size).toBe(3);
  });

  test("is a UUID of version 8", () => {
    for (let index = 0; index < 200; index += 1) {
      expect(interactionId(workspace, `order-${index}`)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  test("never changes between releases, for stored rows depend on it", () => {
    expect(interactionId(workspace, "order-1")).toBe("ab192b53-75bc-89c0-9199-01ac1a6d6fb0");
  });
});
