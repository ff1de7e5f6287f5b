import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { cacheFolder, ensureKubeAssets } from "./kube-assets.mjs";

describe("ensureKubeAssets", () => {
  const folders: string[] = [];

  function makeFolder(...names: readonly string[]): string {
    const folder = mkdtempSync(path.join(tmpdir(), "gatebook-assets-"));
    folders.push(folder);
    for (const name of names) {
      writeFileSync(path.join(folder, name), "#!/bin/sh\n");
      chmodSync(path.join(folder, name), 0o755);
    }
    return folder;
  }

  afterEach(() => {
    vi.unstubAllEnvs();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  test("takes what KUBEBUILDER_ASSETS names before anything else", async () => {
    const folder = makeFolder("etcd", "kube-apiserver");
    vi.stubEnv("KUBEBUILDER_ASSETS", folder);
    expect(await ensureKubeAssets()).toEqual({
      etcd: path.join(folder, "etcd"),
      kubeApiserver: path.join(folder, "kube-apiserver"),
    });
  });

  test("does not look elsewhere when KUBEBUILDER_ASSETS names a folder without them", async () => {
    const folder = makeFolder("etcd");
    vi.stubEnv("KUBEBUILDER_ASSETS", folder);
    await expect(ensureKubeAssets()).rejects.toThrow(`KUBEBUILDER_ASSETS names ${folder}`);
  });

  test("keeps its own in the cache folder of the system, by version and platform", () => {
    expect(cacheFolder({ XDG_CACHE_HOME: "/cache" })).toMatch(
      /^\/cache\/gatebook\/kubernetes-\d+\.\d+\.\d+-[a-z]+-[a-z0-9]+$/,
    );
  });
});
