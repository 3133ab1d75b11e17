import { assert, asyncProperty } from "fast-check";
import { expect, test } from "vitest";
import { arbitraryContent, type Content } from "./arbitrary-snapshot.ts";
import { anyReason } from "./draw.ts";
import { readWorld } from "./read-world.ts";
import { startCloud } from "./server.ts";
import { worldFromSnapshot } from "./world-from-snapshot.ts";

/** What the reader makes of a cloud that is made of the snapshot. */
async function readBack(content: Content): Promise<Content> {
  const cloud = await startCloud(worldFromSnapshot(content), { pageSize: 2 });
  try {
    const { asked, scopes, containers, projects, accounts, roles, groups } = await readWorld(cloud, content.asked);
    expect(cloud.violations).toStrictEqual([]);
    return { asked, scopes, containers, projects, accounts, roles, groups };
  } finally {
    await cloud.close();
  }
}

function withoutReasons(content: Content): unknown {
  return JSON.parse(JSON.stringify(content), (name, value: unknown) => (name === "reason" ? anyReason : value));
}

test("a cloud made of a snapshot is read as that snapshot", async () => {
  await assert(
    asyncProperty(arbitraryContent, async (content) => {
      expect(withoutReasons(await readBack(content))).toStrictEqual(withoutReasons(content));
    }),
    // Shrinking would take minutes; what does not agree is small enough to read.
    { numRuns: 30, endOnFailure: true },
  );
});
